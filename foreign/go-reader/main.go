// Command go-reader looks at a repo with IPFS's own libraries: those of Kubo 0.42.0. It knows nothing of s3ds.
//
//	go-reader check REPO EXPECTED    opens the repo and compares it with what EXPECTED says (see expect.go)
//	go-reader write REPO FILE NAME   adds FILE, pins it recursively under NAME, and prints its CID
//	go-reader ipns REPO              prints its keys and IPNS records, all of which must be good (see ipns.go)
//	go-reader tree REPO              prints its files (MFS), with what they are and hold (see tree.go)
//	go-reader list-car FILE          prints what a CAR has (see car.go)
//	go-reader write-car FILE VERSION writes a CAR of version 1 or 2
//	go-reader codec                  answers blocks on standard input with what they say (see codec.go)
//
// Blocks are found where the repo's own config says: in a flatfs folder, or in a bucket.
package main

import (
	"context"
	"fmt"
	"os"
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "go-reader:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) (err error) {
	if len(args) == 1 && args[0] == "codec" {
		return codec(ctx, os.Stdin, os.Stdout)
	}
	if len(args) == 2 && args[0] == "list-car" {
		return listCar(args[1], os.Stdout)
	}
	if len(args) == 3 && args[0] == "write-car" {
		return writeCar(ctx, args[1], args[2])
	}
	if len(args) < 2 {
		return fmt.Errorf("want check REPO EXPECTED, write REPO FILE NAME, ipns REPO, tree REPO, list-car FILE, write-car FILE VERSION, or codec")
	}
	repo, err := openRepo(ctx, args[1])
	if err != nil {
		return err
	}
	defer func() {
		if closing := repo.Close(); err == nil {
			err = closing
		}
	}()
	switch {
	case args[0] == "check" && len(args) == 3:
		return check(ctx, repo, args[2])
	case args[0] == "write" && len(args) == 4:
		return write(ctx, repo, args[2], args[3])
	case args[0] == "ipns" && len(args) == 2:
		return names(ctx, repo, args[1])
	case args[0] == "tree" && len(args) == 2:
		return tree(ctx, repo)
	default:
		return fmt.Errorf("unknown arguments %q", args)
	}
}
