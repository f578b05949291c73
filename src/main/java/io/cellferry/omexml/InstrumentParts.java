package io.cellferry.omexml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The light sources and detectors of all channels under the ids they are written with.
///
/// Files of one region describe the same microscope again and again, so equal parts are one: `LightSource:0:0` is the
/// first channel's, `LightSource:0:1` the first one unlike it. How a part was set for a channel does not tell parts
/// apart. Ids of the files are not used: they start at 0 in each.
final class InstrumentParts {

    private final Map<LightSource, String> lightSources = new LinkedHashMap<>();
    private final Map<Detector, String> detectors = new LinkedHashMap<>();

    InstrumentParts(MergedImage image) {
        for (MergedImage.Channel channel : image.channels()) {
            channel.taken()
                    .lightSource()
                    .ifPresent(light -> lightSources.putIfAbsent(unset(light), "LightSource:0:" + lightSources.size()));
            channel.taken()
                    .detector()
                    .ifPresent(detector -> detectors.putIfAbsent(unset(detector), "Detector:0:" + detectors.size()));
        }
    }

    boolean isEmpty() {
        return lightSources.isEmpty() && detectors.isEmpty();
    }

    /// The id of a channel's light source.
    String id(LightSource light) {
        return written(lightSources, unset(light));
    }

    /// The id of a channel's detector.
    String id(Detector detector) {
        return written(detectors, unset(detector));
    }

    void write(XmlText xml) {
        lightSources.forEach((light, id) -> write(xml, light, id));
        detectors.forEach((detector, id) -> xml.open("Detector")
                .attribute("ID", id)
                .attribute("Manufacturer", detector.manufacturer())
                .attribute("Model", detector.model())
                .attribute("Type", detector.type().map(SchemaWord.DETECTOR_TYPE::of))
                .close());
    }

    private static void write(XmlText xml, LightSource light, String id) {
        xml.open(light.kind())
                .attribute("ID", id)
                .attribute("Manufacturer", light.manufacturer())
                .attribute("Model", light.model())
                .quantity("Power", light.powerMilliwatts(), "mW");
        switch (light.kind()) {
            case "Laser" ->
                xml.attribute("Type", light.type().map(SchemaWord.LASER_TYPE::of))
                        .attribute("LaserMedium", light.medium().map(SchemaWord.LASER_MEDIUM::of))
                        .quantity("Wavelength", light.wavelengthNanometres(), "nm");
            case "Arc" -> xml.attribute("Type", light.type().map(SchemaWord.ARC_TYPE::of));
            case "Filament" -> xml.attribute("Type", light.type().map(SchemaWord.FILAMENT_TYPE::of));
            default -> {
                // The schema gives light-emitting diodes and other sources no type.
            }
        }
        xml.close();
    }

    /// Only a laser has its wavelength by itself; that of others is how they were filtered for a channel.
    private static LightSource unset(LightSource light) {
        return new LightSource(
                light.kind(),
                light.manufacturer(),
                light.model(),
                light.type(),
                light.powerMilliwatts(),
                light.kind().equals("Laser") ? light.wavelengthNanometres() : Optional.empty(),
                Optional.empty(),
                light.medium());
    }

    private static Detector unset(Detector detector) {
        return new Detector(
                detector.manufacturer(),
                detector.model(),
                detector.type(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static <T> String written(Map<T, String> ids, T part) {
        String id = ids.get(part);
        if (id == null) {
            throw new IllegalArgumentException("%s belongs to no channel of the image".formatted(part));
        }
        return id;
    }
}
