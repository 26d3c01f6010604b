package org.s3ds.s3.credentials;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The places where keys may be, one after the other: the first that is set up gives them, or the search has failed. A
 * place that is set up and broken is not passed over: the keys of the next one may be somebody else's.
 */
final class Chain implements Source {
    private final Search search;
    private final List<Source> sources;
    private final Sts sts;

    Chain(Search search, Clock clock) {
        this(search, new Surroundings(search.environment(), clock), new Web(search.services()), Web.nearby());
    }

    private Chain(Search search, Surroundings surroundings, Web services, Web nearby) {
        String region = search.region().isEmpty() ? surroundings.region().orElse("") : search.region();
        this.search = search;
        this.sts = new Sts(services, surroundings, region);
        this.sources = List.of(
                new SpecKeys(search),
                new EnvironmentKeys(surroundings),
                new WebIdentity(surroundings, sts),
                new ProfileKeys(search.profile(), surroundings, services, nearby, region),
                new EndpointKeys(search.endpoint(), surroundings, nearby),
                new InstanceKeys(surroundings, nearby));
    }

    @Override
    public Optional<Found> find() throws IOException {
        for (Source source : sources) {
            Optional<Found> found = source.find();
            if (found.isPresent()) {
                return Optional.of(asRole(found.get()));
            }
        }
        return search.anonymous() ? Optional.of(Found.anonymous()) : Optional.empty();
    }

    private Found asRole(Found found) throws IOException {
        if (search.roleArn().isEmpty()) {
            return found;
        }
        Sts.Role role = new Sts.Role(search.roleArn(), Sts.SESSION, search.externalId(), Optional.empty());
        String whose = found.detail().isEmpty() ? "" : found.detail() + " ";
        return sts.assume(role, found.keys()).from(found.source(), whose + "as role " + search.roleArn());
    }

    /** The keys of the spec. */
    private record SpecKeys(Search search) implements Source {
        @Override
        public Optional<Found> find() {
            return search.hasKeys()
                    ? Optional.of(Found.of(search.access(), search.secret(), search.session(), Optional.empty()))
                    : Optional.empty();
        }
    }
}
