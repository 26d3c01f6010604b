package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/awserr"
	"github.com/aws/aws-sdk-go/aws/credentials"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/s3"
	ds "github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/query"
)

// bucket is the least of a datastore that a blockstore wants, in the SDK that go-ds-s3 uses.
type bucket struct {
	client *s3.S3
	name   string
	root   string
}

func openBucket(s spec) (ds.Datastore, error) {
	endpoint := s.RegionEndpoint
	if !strings.Contains(endpoint, "://") {
		endpoint = "https://" + endpoint
	}
	opened, err := session.NewSession(aws.NewConfig().
		WithCredentials(credentials.NewStaticCredentials(s.AccessKey, s.SecretKey, "")).
		WithRegion(s.Region).WithEndpoint(endpoint).WithS3ForcePathStyle(true))
	if err != nil {
		return nil, err
	}
	return &bucket{s3.New(opened), s.Bucket, s.RootDirectory}, nil
}

func (b *bucket) object(key ds.Key) *string {
	return aws.String(strings.TrimPrefix(path.Join(b.root, key.String()), "/"))
}

func (b *bucket) Get(ctx context.Context, key ds.Key) ([]byte, error) {
	found, err := b.client.GetObjectWithContext(ctx, &s3.GetObjectInput{Bucket: &b.name, Key: b.object(key)})
	if isAbsent(err) {
		return nil, ds.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	defer found.Body.Close()
	return io.ReadAll(found.Body)
}

func (b *bucket) GetSize(ctx context.Context, key ds.Key) (int, error) {
	found, err := b.client.HeadObjectWithContext(ctx, &s3.HeadObjectInput{Bucket: &b.name, Key: b.object(key)})
	if isAbsent(err) {
		return -1, ds.ErrNotFound
	}
	if err != nil {
		return -1, err
	}
	return int(*found.ContentLength), nil
}

func (b *bucket) Has(ctx context.Context, key ds.Key) (bool, error) {
	_, err := b.GetSize(ctx, key)
	if errors.Is(err, ds.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

func (b *bucket) Put(ctx context.Context, key ds.Key, value []byte) error {
	_, err := b.client.PutObjectWithContext(ctx,
		&s3.PutObjectInput{Bucket: &b.name, Key: b.object(key), Body: bytes.NewReader(value)})
	return err
}

func (b *bucket) Delete(context.Context, ds.Key) error {
	return errors.New("go-reader deletes nothing in a bucket")
}

// Query lists keys without their values: nobody here asks for more.
func (b *bucket) Query(ctx context.Context, q query.Query) (query.Results, error) {
	if !q.KeysOnly {
		return nil, errors.New("go-reader lists keys alone")
	}
	below := strings.Trim(b.root, "/")
	if below != "" {
		below += "/"
	}
	var entries []query.Entry
	err := b.client.ListObjectsV2PagesWithContext(ctx, &s3.ListObjectsV2Input{Bucket: &b.name, Prefix: &below},
		func(page *s3.ListObjectsV2Output, _ bool) bool {
			for _, each := range page.Contents {
				entries = append(entries, query.Entry{Key: "/" + strings.TrimPrefix(*each.Key, below)})
			}
			return true
		})
	if err != nil {
		return nil, err
	}
	return query.NaiveQueryApply(q, query.ResultsWithEntries(q, entries)), nil
}

func (b *bucket) Batch(context.Context) (ds.Batch, error) { return ds.NewBasicBatch(b), nil }
func (b *bucket) Sync(context.Context, ds.Key) error      { return nil }
func (b *bucket) Close() error                            { return nil }

func isAbsent(err error) bool {
	var failure awserr.RequestFailure
	return errors.As(err, &failure) && failure.StatusCode() == 404 && failure.Code() != s3.ErrCodeNoSuchBucket
}
