package org.s3ds.node.migrate;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreClaims;

/**
 * Makes sure that a store can be the target of a migration: no other repo has claimed it, and it is none that the repo
 * has.
 */
final class TargetCheck {
    private final Surroundings around;
    private final Consumer<String> notes;

    /**
     * Asks nobody yet.
     *
     * @param notes gets what the user should be told, a sentence each
     */
    TargetCheck(Surroundings around, Consumer<String> notes) {
        this.around = around;
        this.notes = notes;
    }

    /**
     * Looks at a target.
     *
     * @param from where the values are that are to be moved
     * @return it, with what its spec must say besides
     * @throws IOException when it cannot be one, or that could not be told
     */
    Side require(Side target, Side from, Key mountpoint) throws IOException {
        Optional<StoreClaims> claims = target.store().claims();
        if (claims.isEmpty()) {
            requireApart(target, from, mountpoint);
            return target;
        }
        Side to = target;
        boolean isCalledAsAnother = isCalledAsAnother(claims.get());
        if (isCalledAsAnother) {
            // by another name it may be one of the repo's own, whose claim would be taken for a stranger's
            requireApart(target, from, mountpoint);
            to = target.with(claims.get().toBeToldApart(), around.types());
        }
        StoreClaims.Proposal proposal = to.store().claims().orElseThrow().propose(around.stores(), around.repo());
        proposal.notes().forEach(notes);
        if (!isCalledAsAnother) {
            requireApart(to, from, mountpoint);
        }
        return to.with(proposal.settings(), around.types());
    }

    /** What the repo remembers of one of its places must not be taken for the target's. */
    private boolean isCalledAsAnother(StoreClaims target) throws IOException {
        return around.used().stream()
                .flatMap(store -> store.claims().stream())
                .anyMatch(claims -> claims.rememberedAs().equals(target.rememberedAs()));
    }

    /** What is in use, below whatever mountpoint, is no place to move to. */
    private void requireApart(Side to, Side from, Key mountpoint) throws IOException {
        if (from.isAt(to)) {
            throw new MigrationException("what is below " + mountpoint + " is at " + from.words() + " already");
        }
        Optional<String> used = new Overlap(around).inRepo(to.store());
        if (used.isPresent()) {
            throw new MigrationException(
                    to.words() + " is a place that this repo uses already, or lies in it or around it: " + used.get()
                            + "; choose another place");
        }
    }
}
