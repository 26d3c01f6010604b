// rpc-load puts a daemon under load: clients that add files and read them back, at once, for some time.
//
//	rpc-load -api http://127.0.0.1:5001 -clients 64 -for 5m -told FILE
//
// Every CID that the daemon told of is written to FILE with the SHA-256 of its content. With -check FILE it reads all
// of them back instead. It ends with 1 when an answer was wrong, or, unless -killed is given, when there was none.
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

var (
	api     = flag.String("api", "http://127.0.0.1:5001", "where the daemon listens")
	clients = flag.Int("clients", 64, "how many at once")
	period  = flag.Duration("for", 5*time.Minute, "for how long")
	told    = flag.String("told", "told.txt", "where CIDs are written that the daemon told of")
	check   = flag.String("check", "", "read what this file has, and add nothing")
	killed  = flag.Bool("killed", false, "the daemon is killed on purpose: an answer that is cut off is no failure")
	seed    = flag.Uint64("seed", uint64(time.Now().UnixNano()), "of the random sizes and bytes")
)

var added, read, addedBytes, readBytes, failures atomic.Int64

type file struct{ cid, sum string }

// known is what can be read: added by anyone, and told of.
type known struct {
	mutex sync.Mutex
	files []file
	out   *bufio.Writer
}

func (k *known) put(f file) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.files = append(k.files, f)
	fmt.Fprintln(k.out, f.cid, f.sum)
	k.out.Flush()
}

func (k *known) any(random *rand.Rand) (file, bool) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if len(k.files) == 0 {
		return file{}, false
	}
	return k.files[random.IntN(len(k.files))], true
}

func main() {
	flag.Parse()
	http.DefaultTransport.(*http.Transport).MaxIdleConnsPerHost = *clients
	if *check != "" {
		os.Exit(checkAll())
	}
	out, err := os.OpenFile(*told, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	all := &known{out: bufio.NewWriter(out)}
	end := time.Now().Add(*period)
	var running sync.WaitGroup
	for i := range *clients {
		running.Go(func() { client(all, rand.New(rand.NewPCG(*seed, uint64(i))), end) })
	}
	running.Wait()
	fmt.Printf("added %d files, %d MiB; read %d, %d MiB; %d failures; seed %d\n", added.Load(), addedBytes.Load()>>20,
		read.Load(), readBytes.Load()>>20, failures.Load(), *seed)
	if failures.Load() > 0 {
		os.Exit(1)
	}
}

// client adds a file, reads it back, and reads one of another client, until the time is over.
func client(all *known, random *rand.Rand, end time.Time) {
	for time.Now().Before(end) {
		content := make([]byte, size(random))
		for i := 0; i+8 <= len(content); i += 8 {
			word := random.Uint64()
			for j := range 8 {
				content[i+j] = byte(word >> (8 * j))
			}
		}
		sum := sha256.Sum256(content)
		cid, err := add(content)
		if err != nil {
			if !failed("add", err) {
				return
			}
			continue
		}
		mine := file{cid, hex.EncodeToString(sum[:])}
		all.put(mine)
		other, _ := all.any(random)
		for _, f := range []file{mine, other} {
			if err := cat(f); err != nil && !failed("cat "+f.cid, err) {
				return
			}
		}
	}
}

// size is mostly small, sometimes some MiB.
func size(random *rand.Rand) int {
	return 1 + random.IntN(1<<(8+random.IntN(15)))
}

// failed says whether the client goes on.
func failed(what string, err error) bool {
	if *killed && !strings.Contains(err.Error(), "other bytes") {
		return false
	}
	failures.Add(1)
	fmt.Fprintln(os.Stderr, what+":", err)
	return true
}

func add(content []byte) (string, error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, _ := form.CreateFormFile("file", "file")
	part.Write(content)
	form.Close()
	answer, err := http.Post(*api+"/api/v0/add?progress=true&raw-leaves=true", form.FormDataContentType(), &body)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	var last struct{ Hash, Message string }
	lines := json.NewDecoder(answer.Body)
	for lines.More() {
		if err := lines.Decode(&last); err != nil {
			return "", err
		}
	}
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return "", err
	}
	if told := answer.Trailer.Get("X-Stream-Error"); answer.StatusCode != 200 || told != "" || last.Hash == "" {
		return "", fmt.Errorf("%s %s %s", answer.Status, told, last.Message)
	}
	added.Add(1)
	addedBytes.Add(int64(len(content)))
	return last.Hash, nil
}

func cat(f file) error {
	answer, err := http.Post(*api+"/api/v0/cat?arg="+f.cid, "", nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	sum := sha256.New()
	count, err := io.Copy(sum, answer.Body)
	if err != nil {
		return err
	}
	if told := answer.Trailer.Get("X-Stream-Error"); answer.StatusCode != 200 || told != "" {
		return fmt.Errorf("%s %s", answer.Status, told)
	}
	if hex.EncodeToString(sum.Sum(nil)) != f.sum {
		return fmt.Errorf("other bytes came back, %d of them", count)
	}
	read.Add(1)
	readBytes.Add(count)
	return nil
}

// checkAll reads every file that was told of; it answers the exit code.
func checkAll() int {
	in, err := os.ReadFile(*check)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	lines := strings.Split(strings.TrimSpace(string(in)), "\n")
	work := make(chan file)
	var running sync.WaitGroup
	for range *clients {
		running.Go(func() {
			for f := range work {
				if err := cat(f); err != nil {
					failures.Add(1)
					fmt.Fprintln(os.Stderr, "cat", f.cid+":", err)
				}
			}
		})
	}
	for _, line := range lines {
		if cid, sum, ok := strings.Cut(line, " "); ok && len(sum) == 64 {
			work <- file{cid, sum}
		}
	}
	close(work)
	running.Wait()
	fmt.Printf("read %d files, %d MiB; %d failures\n", read.Load(), readBytes.Load()>>20, failures.Load())
	if failures.Load() > 0 {
		return 1
	}
	return 0
}
