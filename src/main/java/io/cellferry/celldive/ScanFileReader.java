package io.cellferry.celldive;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.image.ImageFile;
import io.cellferry.image.ImageFiles;
import io.cellferry.image.PixelType;
import io.cellferry.image.Plane;
import io.cellferry.omexml.OmeDocument;
import io.cellferry.omexml.OmeImage;
import io.cellferry.omexml.OmeReader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the headers of one scan and compares them with what its OME-XML says of them.
///
/// A file is one plane of grey values. Of several planes, scenes or samples none is picked silently; and OME-XML that
/// describes another image than the file holds came from elsewhere, with everything else it says.
final class ScanFileReader {

    private static final String EXPORT =
            "Export the scan again as one file a channel, each with one plane of grey values.";

    private static final Pattern IMAGEJ_PLANES = Pattern.compile("images=([0-9]{1,9})");

    private final Path path;
    private final ScanName name;
    private final List<Problem> problems;

    private ScanFileReader(Path path, ScanName name, List<Problem> problems) {
        this.path = path;
        this.name = name;
        this.problems = problems;
    }

    /// The file called `name` in `folder`, closed again; empty if there is no single plane in it. What is wrong is
    /// added to `problems`.
    static Optional<ScanFile> read(Path folder, ScanName name, List<Problem> problems) {
        return new ScanFileReader(folder.resolve(name.file()), name, problems).read();
    }

    private Optional<ScanFile> read() {
        try (ImageFile image = ImageFiles.open(path)) {
            image.problems().forEach(this::add);
            Optional<String> description = image.description();
            Optional<OmeDocument> text =
                    description.filter(ScanFileReader::isXml).map(xml -> OmeReader.read(xml, name.file()));
            text.ifPresent(document -> problems.addAll(document.problems()));
            List<OmeImage> images = text.map(OmeDocument::images).orElse(List.of());
            if (!isOnePlane(
                    image.planes(),
                    images,
                    description.map(ScanFileReader::stacked).orElse(1))) {
                return Optional.empty();
            }
            image.problems(0).forEach(this::add);
            Plane plane = image.planes().getFirst();
            Optional<OmeImage> described = images.stream().findFirst();
            described.ifPresent(each -> refuseOther(each, plane));
            return Optional.of(new ScanFile(name, path, plane, described));
        } catch (InputRefused e) {
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                // Its folder had it a moment ago.
                throw ImageFiles.gone(path);
            }
            problems.add(
                    Problem.refusal("scans.file.unreadable", name.file(), String.valueOf(e.getMessage()), e.remedy()));
            return Optional.empty();
        }
    }

    private void add(Problem problem) {
        problems.add(new Problem(
                problem.severity(),
                problem.code(),
                "%s: %s".formatted(name.file(), problem.where()),
                problem.found(),
                problem.remedy()));
    }

    /// Other programs put other texts there.
    private static boolean isXml(String description) {
        return description.stripLeading().startsWith("<") || description.startsWith("\uFEFF<");
    }

    /// How many planes ImageJ says there are: those of a large stack lie behind the pixels of its only directory, which
    /// nothing but this text shows.
    private static int stacked(String description) {
        if (!description.startsWith("ImageJ=")) {
            return 1;
        }
        return description
                .lines()
                .map(IMAGEJ_PLANES::matcher)
                .filter(Matcher::matches)
                .mapToInt(planes -> Integer.parseInt(planes.group(1)))
                .findFirst()
                .orElse(1);
    }

    private boolean isOnePlane(List<Plane> planes, List<OmeImage> images, int stacked) {
        List<String> found = new ArrayList<>();
        int samples = planes.stream().mapToInt(Plane::sample).max().orElse(0) + 1;
        if (samples > 1) {
            found.add("has colours of %,d samples a pixel".formatted(samples));
        } else if (planes.size() != 1) {
            found.add("holds %,d planes".formatted(planes.size()));
        } else if (stacked > 1) {
            found.add("is a stack of %,d images, as ImageJ says in it".formatted(stacked));
        }
        if (images.size() > 1) {
            found.add("describes %,d scenes".formatted(images.size()));
        }
        for (OmeImage image : images) {
            if (image.sizeC() > 1 || image.sizeZ() > 1 || image.sizeT() > 1) {
                found.add("describes SizeC %,d, SizeZ %,d, SizeT %,d in its OME-XML"
                        .formatted(image.sizeC(), image.sizeZ(), image.sizeT()));
                break;
            }
        }
        if (found.isEmpty()) {
            return true;
        }
        problems.add(Problem.refusal(
                "scans.file.planes",
                name.file(),
                "one plane of one channel was expected, the file %s.".formatted(String.join(" and ", found)),
                EXPORT));
        return false;
    }

    /// What OME-XML leaves out contradicts nothing; its reader warns of that.
    private void refuseOther(OmeImage described, Plane plane) {
        if (isOther(described.sizeX(), plane.width()) || isOther(described.sizeY(), plane.height())) {
            problems.add(Problem.refusal(
                    "scans.omexml.size",
                    name.file(),
                    "its OME-XML describes %,d x %,d pixels, the file holds %,d x %,d."
                            .formatted(described.sizeX(), described.sizeY(), plane.width(), plane.height()),
                    "The OME-XML belongs to another image. " + EXPORT));
        }
        String type = word(plane.type());
        if (!described.type().isEmpty() && !described.type().equals(type)) {
            problems.add(Problem.refusal(
                    "scans.omexml.type",
                    name.file(),
                    "its OME-XML describes pixels of type %s, the file holds %s.".formatted(described.type(), type),
                    "The OME-XML belongs to another image. " + EXPORT));
        }
        if (!described.otherFiles().isEmpty()) {
            problems.add(Problem.refusal(
                    "scans.omexml.other-file",
                    name.file(),
                    "its OME-XML says that the pixels it describes lie in %s."
                            .formatted(Statements.filesInWords(described.otherFiles())),
                    "If the file was renamed, give it back its name. Else: " + EXPORT));
        }
    }

    private static boolean isOther(long described, long held) {
        return described > 0 && described != held;
    }

    /// As OME-XML calls it.
    private static String word(PixelType type) {
        return switch (type) {
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            case UINT8, INT8, UINT16, INT16, UINT32, INT32 -> type.word();
        };
    }
}
