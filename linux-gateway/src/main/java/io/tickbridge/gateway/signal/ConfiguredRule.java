package io.tickbridge.gateway.signal;

import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.config.SignalConfig;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One rule of the configuration, checked: makes its part in each instrument it applies to. Cold path. */
final class ConfiguredRule {
    private static final Logger LOG = LoggerFactory.getLogger(SignalEngine.class);

    private final SignalKind kind;
    private final SignalParameters parameters;
    private final InstrumentSelector instruments;
    private final RuleDescription description;
    private final SignalCounts counts = new SignalCounts();
    private boolean failureLogged;

    /**
     * Checks a rule by building it once.
     *
     * @param number place in the configuration, from 1
     * @param config the rule as configured
     * @param feeds  names of the feeds, by feed number
     * @param kinds  all kinds there are
     * @throws SignalConfigException when it cannot be built
     */
    ConfiguredRule(final int number, final SignalConfig config, final List<String> feeds, final SignalKinds kinds) {
        this.kind = kinds.kind(config.kind(), number);
        this.parameters = new SignalParameters(number, config);
        this.instruments = new InstrumentSelector(number, config.instruments(), feeds);
        create(number);
        parameters.refuseUnknown();
        this.description = new RuleDescription(number, config.kind(), config.name(), parameters.describe());
    }

    RuleDescription description() {
        return description;
    }

    SignalCounts counts() {
        return counts;
    }

    /** The rule for a new instrument, or nothing when it does not apply there. */
    Optional<ActiveRule> activate(final InstrumentBook book) {
        return instruments.selects(book) ? Optional.of(new ActiveRule(this, ruleFor(book))) : Optional.empty();
    }

    /** Says once in a run that the rule's code failed; how often it did is counted. */
    void onFailure(final InstrumentBook book, final Throwable failure) {
        counts.increment(SignalCounter.SWITCHED_OFF);
        if (!failureLogged) {
            failureLogged = true;
            LOG.error("signals, rule {} ({}) failed on {} and is switched off there; further failures of this rule are "
                    + "only counted", description.number(), description.kind(), book.symbol(), failure);
        }
    }

    private SignalRule ruleFor(final InstrumentBook book) {
        try {
            return create(description.number());
        } catch (final SignalConfigException e) {
            // It could be created when the configuration was checked; one instrument less is no reason to stop.
            onFailure(book, e);
            return ActiveRule.SWITCHED_OFF;
        }
    }

    private SignalRule create(final int number) {
        final SignalRule rule;
        try {
            rule = kind.create(parameters, number);
        } catch (final SignalConfigException e) {
            throw e;
        } catch (final RuntimeException | Error e) {
            MachineFailure.rethrow(e);
            throw parameters.refusal(kind.getClass().getName() + " failed to create its rule: " + e, e);
        }
        if (rule == null) {
            throw parameters.refusal(kind.getClass().getName() + " returned null for its rule", null);
        }
        return rule;
    }
}
