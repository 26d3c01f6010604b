package org.s3ds.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Finding;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockRule;
import software.amazon.awssdk.services.s3.model.Transition;

/** What the bucket does with objects by itself: versions, lifecycle, object lock. */
final class BucketRules {
    /** Classes whose objects must be restored before they can be read. */
    private static final List<String> ARCHIVES = List.of("GLACIER", "DEEP_ARCHIVE");

    private interface Question {
        List<Finding> ask() throws S3Exception, InterruptedException;
    }

    private final S3Config config;
    private final Raw raw;
    private final String root;

    BucketRules(S3Config config, SdkConnection connection, String root) {
        this.config = config;
        this.raw = new Raw(config, connection);
        this.root = root;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(answer("versioning", this::versioning));
        findings.addAll(answer("lifecycle", this::lifecycle));
        findings.addAll(answer("object lock", this::objectLock));
        return findings;
    }

    /** A server that has no such rules says so in many ways; one that forbids to look says so in one. */
    private List<Finding> answer(String check, Question question) {
        try {
            return question.ask();
        } catch (S3Exception e) {
            if (Advice.isDenied(e)) {
                return List.of(
                        Finding.untold(check, "not allowed to look", "to have it checked, " + Advice.about(e, config)));
            }
            boolean none = Advice.isUnknown(e) || e.failure().status() == 404;
            return List.of(none ? Finding.good(check, "none") : Finding.untold(check, Advice.sentence(e), ""));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.untold(check, "interrupted", ""));
        }
    }

    private List<Finding> versioning() throws S3Exception, InterruptedException {
        GetBucketVersioningResponse answer = raw.send(
                "get_versioning",
                "",
                (s3, call) -> s3.getBucketVersioning(
                        request -> request.bucket(config.bucket()).overrideConfiguration(call::countIn)));
        return List.of(
                answer.status() == BucketVersioningStatus.ENABLED
                        ? Finding.warning(
                                "versioning",
                                "enabled: deletes free no space, and each put of a block that is there adds a version",
                                "add a lifecycle rule that expires noncurrent versions, or suspend versioning")
                        : Finding.good("versioning", answer.status() == null ? "none" : "suspended"));
    }

    private List<Finding> objectLock() throws S3Exception, InterruptedException {
        GetObjectLockConfigurationResponse answer = raw.send(
                "get_object_lock",
                "",
                (s3, call) -> s3.getObjectLockConfiguration(
                        request -> request.bucket(config.bucket()).overrideConfiguration(call::countIn)));
        boolean enabled = answer.objectLockConfiguration() != null
                && answer.objectLockConfiguration().objectLockEnabled() == ObjectLockEnabled.ENABLED;
        ObjectLockRule rule = enabled ? answer.objectLockConfiguration().rule() : null;
        if (rule == null || rule.defaultRetention() == null) {
            return List.of(Finding.good("object lock", enabled ? "enabled, without a default retention" : "none"));
        }
        return List.of(Finding.warning(
                "object lock",
                "each object is kept by force for "
                        + (rule.defaultRetention().days() != null
                                ? counted(rule.defaultRetention().days(), "day")
                                : counted(rule.defaultRetention().years(), "year")),
                "deletes free no space before; take the default retention off the bucket if that is not meant"));
    }

    private List<Finding> lifecycle() throws S3Exception, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        raw
                .send(
                        "get_lifecycle",
                        "",
                        (s3, call) -> s3.getBucketLifecycleConfiguration(
                                request -> request.bucket(config.bucket()).overrideConfiguration(call::countIn)))
                .rules()
                .stream()
                .filter(rule -> rule.status() == ExpirationStatus.ENABLED)
                .forEach(rule -> findings.addAll(harm(rule)));
        return findings.isEmpty()
                ? List.of(Finding.good("lifecycle", "no rule expires or archives what the store writes"))
                : findings;
    }

    private List<Finding> harm(LifecycleRule rule) {
        List<Finding> findings = new ArrayList<>();
        if (!touches(prefix(rule))) {
            return findings;
        }
        String name = "rule \"" + rule.id() + "\"" + (hasOtherConditions(rule) ? " (for some objects)" : "");
        String advice = "take \"" + root + "\" out of the rule, or remove it";
        if (rule.expiration() != null && !Boolean.TRUE.equals(rule.expiration().expiredObjectDeleteMarker())) {
            String when = rule.expiration().days() != null
                    ? counted(rule.expiration().days(), "day")
                    : String.valueOf(rule.expiration().date());
            findings.add(Finding.warning("lifecycle", name + " deletes blocks after " + when, advice));
        }
        for (Transition transition : rule.transitions()) {
            if (ARCHIVES.contains(transition.storageClassAsString())) {
                findings.add(Finding.warning(
                        "lifecycle",
                        name + " archives blocks in " + transition.storageClassAsString()
                                + ", where they cannot be read without a restore",
                        advice));
            }
        }
        return findings;
    }

    private static String counted(@Nullable Integer number, String unit) {
        return number + " " + unit + (Objects.equals(number, 1) ? "" : "s");
    }

    private boolean touches(String prefix) {
        return prefix.startsWith(root) || root.startsWith(prefix);
    }

    @SuppressWarnings("deprecation") // old rules have their prefix there, and servers still send it
    private static String prefix(LifecycleRule rule) {
        return Optional.ofNullable(rule.filter())
                .map(BucketRules::prefix)
                .or(() -> Optional.ofNullable(rule.prefix()))
                .orElse("");
    }

    private static @Nullable String prefix(LifecycleRuleFilter filter) {
        return filter.and() != null ? filter.and().prefix() : filter.prefix();
    }

    private static boolean hasOtherConditions(LifecycleRule rule) {
        LifecycleRuleFilter filter = rule.filter();
        return filter != null
                && (filter.tag() != null
                        || filter.objectSizeGreaterThan() != null
                        || filter.objectSizeLessThan() != null
                        || filter.and() != null);
    }
}
