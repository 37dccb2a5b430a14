// Reads our checkpoints and proofs with the first implementation of their formats. Arguments: the
// log's key, a record's line, its tlog-proof, a consistency proof, the earlier checkpoint. Prints
// what does not hold, and nothing when all is well.
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func hashOf(line string) (hash tlog.Hash) {
	bytes, err := base64.StdEncoding.DecodeString(line)
	if err != nil || copy(hash[:], bytes) != len(hash) {
		fmt.Println("not a hash")
	}
	return hash
}

func treeOf(message, key string) (tree tlog.Tree) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		fmt.Println(err)
		return
	}
	opened, err := note.Open([]byte(message), note.VerifierList(verifier))
	if err != nil {
		fmt.Println(err)
		return
	}
	lines := strings.Split(opened.Text, "\n")
	fmt.Sscan(lines[1], &tree.N)
	tree.Hash = hashOf(lines[2])
	return tree
}

// The lines before the empty one, and the checkpoint after it.
func parts(path string) ([]string, string) {
	text, err := os.ReadFile(path)
	if err != nil {
		fmt.Println(err)
	}
	before, after, _ := strings.Cut(string(text), "\n\n")
	return strings.Split(before, "\n"), after
}

func main() {
	key, line := os.Args[1], os.Args[2]

	lines, message := parts(os.Args[3])
	var index int64
	fmt.Sscanf(lines[1], "index %d", &index)
	var record tlog.RecordProof
	for _, each := range lines[2:] {
		record = append(record, hashOf(each))
	}
	tree := treeOf(message, key)
	leaf := tlog.RecordHash([]byte(line))
	if err := tlog.CheckRecord(record, tree.N, tree.Hash, index, leaf); err != nil {
		fmt.Println("the record:", err)
	}

	lines, message = parts(os.Args[4])
	var grown tlog.TreeProof
	for _, each := range lines[1:] {
		grown = append(grown, hashOf(each))
	}
	earlier, err := os.ReadFile(os.Args[5])
	if err != nil {
		fmt.Println(err)
	}
	was, is := treeOf(string(earlier), key), treeOf(message, key)
	if err := tlog.CheckTree(grown, is.N, is.Hash, was.N, was.Hash); err != nil {
		fmt.Println("the tree:", err)
	}
}
