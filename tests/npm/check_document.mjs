// Holds an OpenAPI document against the schema that the OpenAPI Initiative publishes, and resolves
// what it refers to. Argument: the document. Prints what is wrong; nothing when all is well.
import { Validator } from "@seriousme/openapi-schema-validator";

const validator = new Validator();
const result = await validator.validate(process.argv[2]);
if (!result.valid) {
  console.log(JSON.stringify(result.errors, null, 1).slice(0, 4000));
} else if (validator.version !== "3.1") {
  console.log(`it is taken for version ${validator.version}`);
} else {
  validator.resolveRefs();
}
