package io.cellferry.omezarr;

import io.cellferry.image.PixelSize;
import io.cellferry.zarr.Hierarchy;
import io.cellferry.zarr.ZarrVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What an image tells its viewers: axes, sizes and places of its levels, and how each channel is shown.
///
/// Without a pixel size the axes have no unit and a pixel is one.
public record PyramidMetadata(String name, Optional<PixelSize> pixelSize, List<ShownChannel> channels) {

    /// Where OME-XML lies in an image's folder.
    public static final String OME_FOLDER = "OME";

    public static final String OME_FILE = OME_FOLDER + "/METADATA.ome.xml";

    private static final String TOOL = "cellferry";
    /// More at once is a picture nobody can read, and more than some viewers draw.
    private static final int MOST_ACTIVE = 6;

    public PyramidMetadata {
        channels = List.copyOf(channels);
    }

    /// `colour` is red, green, blue.
    public record ShownChannel(String label, int colour, DisplayWindow window) {}

    /// The groups and arrays of the image.
    public Hierarchy hierarchy(PyramidLayout layout) {
        Hierarchy hierarchy = new Hierarchy(layout.version());
        hierarchy.group("", root(layout));
        hierarchy.group(OME_FOLDER, Map.of());
        for (int level = 0; level < layout.levels(); level++) {
            hierarchy.array(PyramidLayout.path(level), layout.array(level), Map.of());
        }
        return hierarchy;
    }

    private Map<String, Object> root(PyramidLayout layout) {
        Map<String, Object> image = new LinkedHashMap<>();
        boolean three = layout.version() == ZarrVersion.THREE;
        if (three) {
            image.put("version", "0.5");
        }
        image.put("multiscales", List.of(multiscale(layout, !three)));
        image.put("omero", omero());
        return three ? Map.of("ome", image) : image;
    }

    private Map<String, Object> multiscale(PyramidLayout layout, boolean withVersion) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (withVersion) {
            json.put("version", "0.4");
        }
        json.put("name", name);
        json.put("axes", List.of(channelAxis(), axis("y"), axis("x")));
        List<Map<String, Object>> datasets = new ArrayList<>();
        for (int level = 0; level < layout.levels(); level++) {
            Map<String, Object> dataset = new LinkedHashMap<>();
            dataset.put("path", PyramidLayout.path(level));
            dataset.put("coordinateTransformations", transformations(layout, level));
            datasets.add(dataset);
        }
        json.put("datasets", datasets);
        json.put("type", layout.downsampling().word());
        Map<String, Object> method = new LinkedHashMap<>();
        method.put("method", TOOL);
        method.put("description", description(layout.downsampling()));
        json.put("metadata", method);
        return json;
    }

    private static Map<String, Object> channelAxis() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", "c");
        json.put("type", "channel");
        return json;
    }

    private Map<String, Object> axis(String axis) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", axis);
        json.put("type", "space");
        pixelSize.ifPresent(size -> json.put("unit", "micrometer"));
        return json;
    }

    /// The centre of the first pixel of a smaller level lies in the middle of the pixels it was made of.
    private List<Map<String, Object>> transformations(PyramidLayout layout, int level) {
        double factor = Math.scalb(1.0, level);
        double x = pixelSize.map(PixelSize::x).orElse(1.0);
        double y = pixelSize.map(PixelSize::y).orElse(1.0);
        List<Map<String, Object>> all = new ArrayList<>();
        all.add(transformation("scale", List.of(1.0, y * factor, x * factor)));
        if (level > 0 && layout.downsampling().isCentred()) {
            all.add(transformation("translation", List.of(0.0, y * (factor - 1) / 2, x * (factor - 1) / 2)));
        }
        return all;
    }

    private static Map<String, Object> transformation(String type, List<Double> numbers) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type);
        json.put(type, numbers);
        return json;
    }

    private static String description(Downsampling downsampling) {
        return switch (downsampling) {
            case MEAN -> "each level is the mean of 2 x 2 pixels of the one before, halves rounded up";
            case NEAREST -> "each level is the upper left of 2 x 2 pixels of the one before";
            case MAX -> "each level is the brightest of 2 x 2 pixels of the one before";
        };
    }

    private Map<String, Object> omero() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (ShownChannel channel : channels) {
            Map<String, Object> window = new LinkedHashMap<>();
            window.put("min", channel.window().min());
            window.put("max", channel.window().max());
            window.put("start", channel.window().start());
            window.put("end", channel.window().end());
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("label", channel.label());
            json.put("color", "%06X".formatted(channel.colour() & 0xff_ffff).toUpperCase(Locale.ROOT));
            json.put("active", all.size() < MOST_ACTIVE);
            json.put("coefficient", 1.0);
            json.put("family", "linear");
            json.put("inverted", false);
            json.put("window", window);
            all.add(json);
        }
        Map<String, Object> rendering = new LinkedHashMap<>();
        rendering.put("defaultT", 0);
        rendering.put("defaultZ", 0);
        rendering.put("model", "color");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("channels", all);
        json.put("rdefs", rendering);
        return json;
    }
}
