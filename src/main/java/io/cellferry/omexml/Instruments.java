package io.cellferry.omexml;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The parts of microscopes a text describes, by their ids.
///
/// Ids should be unique in a text, but programs count anew in every instrument: so a part is looked for in the
/// instrument its image names before any other. Of several parts with one id in one instrument the first counts.
final class Instruments {

    private final Map<String, Parts> byInstrument = new HashMap<>();
    private final Parts all = new Parts();
    private final Findings findings;

    Instruments(Findings findings) {
        this.findings = findings;
    }

    private record Parts(
            Map<String, LightSource> lightSources, Map<String, Detector> detectors, Map<String, Objective> objectives) {

        Parts() {
            this(new HashMap<>(), new HashMap<>(), new HashMap<>());
        }
    }

    /// Reads the `Instrument` that `cursor` stands on.
    void read(XmlCursor cursor) throws Unreadable {
        Parts own = byInstrument.computeIfAbsent(id(cursor.attributes()), any -> new Parts());
        int depth = cursor.depth();
        while (cursor.toChildOf(depth)) {
            String name = cursor.name();
            String id = id(cursor.attributes());
            Attributes attributes = new Attributes("%s '%s'".formatted(name, id), cursor.attributes(), findings);
            if (name.equals("LightSource") || LightSource.KINDS.contains(name)) {
                keep(Parts::lightSources, own, id, lightSource(cursor, attributes));
            } else if (name.equals("Detector")) {
                keep(Parts::detectors, own, id, detector(attributes));
            } else if (name.equals("Objective")) {
                keep(Parts::objectives, own, id, objective(cursor, attributes));
            }
        }
    }

    Optional<LightSource> lightSource(String instrument, String id) {
        return find(Parts::lightSources, instrument, id);
    }

    Optional<Detector> detector(String instrument, String id) {
        return find(Parts::detectors, instrument, id);
    }

    Optional<Objective> objective(String instrument, String id) {
        return find(Parts::objectives, instrument, id);
    }

    private <T> void keep(Function<Parts, Map<String, T>> kind, Parts own, String id, T part) {
        kind.apply(own).putIfAbsent(id, part);
        kind.apply(all).putIfAbsent(id, part);
    }

    private <T> Optional<T> find(Function<Parts, Map<String, T>> kind, String instrument, String id) {
        return Optional.ofNullable(byInstrument.get(instrument))
                .flatMap(own -> Optional.ofNullable(kind.apply(own).get(id)))
                .or(() -> Optional.ofNullable(kind.apply(all).get(id)));
    }

    private static String id(Map<String, String> attributes) {
        return attributes.getOrDefault("ID", "");
    }

    /// Up to 2015-01 the kind is an element inside a `LightSource`; since then it stands for itself.
    private static LightSource lightSource(XmlCursor cursor, Attributes outer) throws Unreadable {
        String kind = cursor.name();
        Attributes attributes = outer;
        if (kind.equals("LightSource")) {
            kind = "GenericExcitationSource";
            int own = cursor.depth();
            while (cursor.toChildOf(own)) {
                if (LightSource.KINDS.contains(cursor.name())) {
                    kind = cursor.name();
                    attributes = outer.with(cursor.attributes());
                }
            }
        }
        return new LightSource(
                kind,
                attributes.text("Manufacturer"),
                attributes.text("Model"),
                attributes.text("Type"),
                attributes.quantity(Measure.POWER, NumberRange.NOT_NEGATIVE, "Power"),
                attributes.quantity(Measure.WAVELENGTH, NumberRange.POSITIVE, "Wavelength"),
                Optional.empty(),
                attributes.text("LaserMedium", "Medium"));
    }

    private static Detector detector(Attributes attributes) {
        return new Detector(
                attributes.text("Manufacturer"),
                attributes.text("Model"),
                attributes.text("Type"),
                Optional.empty(),
                attributes.number(NumberRange.ANY, "Gain"),
                attributes.number(NumberRange.ANY, "Offset"));
    }

    /// Up to 2008 the values are elements inside.
    private static Objective objective(XmlCursor cursor, Attributes outer) throws Unreadable {
        Map<String, String> inner = new HashMap<>();
        int own = cursor.depth();
        while (cursor.toChildOf(own)) {
            inner.put(cursor.name(), cursor.text());
        }
        Attributes attributes = outer.with(inner);
        return new Objective(
                attributes.text("Manufacturer"),
                attributes.text("Model"),
                attributes.number(NumberRange.POSITIVE, "NominalMagnification", "Magnification"),
                attributes.number(NumberRange.POSITIVE, "LensNA"),
                attributes.text("Immersion"),
                attributes.text("Correction"));
    }
}
