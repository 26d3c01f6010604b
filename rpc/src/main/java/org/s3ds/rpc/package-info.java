/** The RPC API over HTTP, as Kubo speaks it: a server and a client. It knows no command. */
@NullMarked
package org.s3ds.rpc;

import org.jspecify.annotations.NullMarked;
