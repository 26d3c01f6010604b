module s3ds.org/rpc-load

go 1.25
