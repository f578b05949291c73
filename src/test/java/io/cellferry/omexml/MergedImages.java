package io.cellferry.omexml;

import io.cellferry.image.PixelSize;
import io.cellferry.image.PixelType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/// Merged images for tests: one to start from, and any number of others by chance.
final class MergedImages {

    private final Random random;

    MergedImages(long seed) {
        random = new Random(seed);
    }

    static OmeChannel nothingKnown() {
        return OmeChannel.UNKNOWN;
    }

    /// Of `channels`, with nothing else known of it.
    static MergedImage of(MergedImage.Channel... channels) {
        return new MergedImage(
                "R000",
                PixelType.UINT16,
                6,
                5,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(channels));
    }

    static MergedImage.Channel lit(String name, LightSource light) {
        return new MergedImage.Channel(
                name,
                0xffffff,
                new OmeChannel(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(light),
                        Optional.empty()));
    }

    static LightSource light(String kind, String type, Optional<Double> attenuation) {
        return new LightSource(
                kind,
                Optional.of("Lumencor"),
                Optional.empty(),
                Optional.of(type).filter(any -> !any.isEmpty()),
                Optional.of(80.0),
                Optional.empty(),
                attenuation);
    }

    /// Any image whose words the schema knows and whose texts XML holds, so that reading gives all of it back.
    MergedImage any() {
        List<MergedImage.Channel> channels = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            String name = text();
            channels.add(new MergedImage.Channel(name, random.nextInt(1 << 24), taken(name)));
        }
        Optional<Double> magnification = maybe(this::positive);
        return new MergedImage(
                text(),
                PixelType.values()[random.nextInt(PixelType.values().length)],
                1 + random.nextInt(Integer.MAX_VALUE),
                1 + random.nextInt(Integer.MAX_VALUE),
                maybe(() -> new PixelSize(positive(), positive())),
                maybe(this::date),
                magnification,
                magnification.map(times -> new Objective(
                        maybe(this::text),
                        maybe(this::text),
                        Optional.of(times),
                        maybe(this::positive),
                        maybe(() -> word(SchemaWord.IMMERSION)),
                        maybe(() -> word(SchemaWord.CORRECTION)))),
                channels);
    }

    private OmeChannel taken(String name) {
        return new OmeChannel(
                Optional.of(name),
                maybe(this::text),
                maybe(this::positive),
                maybe(this::positive),
                maybe(() -> random.nextInt(4) == 0 ? 0.0 : positive()),
                maybe(this::lightSource),
                maybe(() -> new Detector(
                        maybe(this::text),
                        maybe(this::text),
                        maybe(() -> word(SchemaWord.DETECTOR_TYPE)),
                        maybe(() -> word(SchemaWord.BINNING)),
                        maybe(this::number),
                        maybe(this::number))));
    }

    private LightSource lightSource() {
        String kind = LightSource.KINDS.get(random.nextInt(LightSource.KINDS.size()));
        return new LightSource(
                kind,
                maybe(this::text),
                maybe(this::text),
                maybe(() -> type(kind)).filter(type -> !type.isEmpty()),
                maybe(this::positive),
                maybe(this::positive),
                maybe(random::nextDouble),
                kind.equals("Laser") ? maybe(() -> word(SchemaWord.LASER_MEDIUM)) : Optional.empty());
    }

    private String type(String kind) {
        return switch (kind) {
            case "Laser" -> word(SchemaWord.LASER_TYPE);
            case "Arc" -> word(SchemaWord.ARC_TYPE);
            case "Filament" -> word(SchemaWord.FILAMENT_TYPE);
            default -> "";
        };
    }

    private String word(SchemaWord list) {
        int chosen = random.nextInt(list.words().size() + 1);
        return chosen == list.words().size() ? "Other" : list.words().get(chosen);
    }

    private String text() {
        String letters = "aZ09 _-/:;,.<>&\"'\t\n\r%éµ中\uffe5\ud83d\udd2c]]>";
        StringBuilder text = new StringBuilder("x");
        letters.codePoints()
                .filter(letter -> random.nextInt(3) == 0)
                .forEach(letter -> text.insert(
                        text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length()) + 1)),
                        Character.toString(letter)));
        return text.toString();
    }

    private double positive() {
        return Math.scalb(1 + random.nextDouble(), random.nextInt(253) - 126);
    }

    private double number() {
        return (random.nextBoolean() ? 1 : -1) * positive();
    }

    private String date() {
        return String.format(
                Locale.ROOT,
                "20%02d-%02d-%02dT%02d:%02d:%02d%s",
                random.nextInt(100),
                1 + random.nextInt(12),
                1 + random.nextInt(28),
                random.nextInt(24),
                random.nextInt(60),
                random.nextInt(60),
                List.of("", "Z", ".5", ".123456789+01:00", "-14:00").get(random.nextInt(5)));
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(value.get());
    }
}
