package org.s3ds.node.migrate;

import java.io.IOException;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.node.transfer.TransferListener;

/** Is told what a migration does, by the thread that runs it. */
public interface MigrationListener extends TransferListener {
    /** Something else begins; a few words, such as {@code listing my-bucket}. */
    void phase(String words) throws IOException;

    /** So many values are there to be copied or looked at in this phase. */
    void total(Totals all);

    /** A sentence that the user should know. */
    void notice(String sentence);
}
