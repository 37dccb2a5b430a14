"""Holds what the daemon was sent and answered against its own OpenAPI document, by python3-jsonschema.

Arguments: the document, and a JSON list of {"id", "status", "type", "sent", "got"}. Prints a line for
each thing that is not as described, and nothing when all is well. Members that no schema names are
wrong here, although clients must bear them.
"""
import json
import sys

from jsonschema import Draft202012Validator, RefResolver


def closed(schema):
    """The same schema, without room for members that it does not name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: closed(value) for key, value in schema.items()}
    if "properties" in schema and "additionalProperties" not in schema:
        result["additionalProperties"] = False
    return result


def check(document, schema, value, what):
    validator = Draft202012Validator(schema, resolver=RefResolver.from_schema(document))
    for error in validator.iter_errors(value):
        place = "/".join(str(step) for step in error.absolute_path)
        print(f"{what}: {place}: {error.message[:300]}")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        document = json.load(file)
    with open(sys.argv[2], encoding="utf-8") as file:
        exchanges = json.load(file)
    document["components"]["schemas"] = closed(document["components"]["schemas"])
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    operations = {
        operation["operationId"]: operation
        for methods in document["paths"].values()
        for operation in methods.values()
    }
    for exchange in exchanges:
        operation = operations[exchange["id"]]
        what = f'{exchange["id"]} {json.dumps(exchange["sent"])[:120]} {exchange["status"]}'
        if exchange["sent"] is not None:
            media = operation["requestBody"]["content"]["application/json"]
            check(document, media["schema"], exchange["sent"], f"{what}: sent")
        responses = operation["responses"]
        response = responses.get(str(exchange["status"]), responses["default"])
        media = response["content"].get(exchange["type"].split(";")[0])
        if media is None:
            print(f'{what}: nothing is said of {exchange["type"]}')
        else:
            check(document, media["schema"], exchange["got"], f"{what}: got")


main()
