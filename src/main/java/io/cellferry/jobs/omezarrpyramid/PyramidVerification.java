package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.celldive.ScanFolder;
import io.cellferry.celldive.ScanRules;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.image.ImageFile;
import io.cellferry.image.ImageFiles;
import io.cellferry.image.PixelSize;
import io.cellferry.image.Plane;
import io.cellferry.image.PlaneReader;
import io.cellferry.jobs.CheckDepth;
import io.cellferry.omexml.OmeChannel;
import io.cellferry.omexml.OmeDocument;
import io.cellferry.omexml.OmeReader;
import io.cellferry.omezarr.ConsolidatedCheck;
import io.cellferry.omezarr.PyramidCheck;
import io.cellferry.omezarr.PyramidMetadata;
import io.cellferry.omezarr.StoredPyramid;
import io.cellferry.zarr.StoredArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `verify` does with pyramids: metadata, levels against each other, and full levels against the scans they were
/// made from, each channel found by its label and never by its place.
final class PyramidVerification {

    private PyramidVerification() {}

    static List<Problem> of(Path output, Optional<Path> input, CheckDepth depth) {
        List<Problem> problems = new ArrayList<>();
        Optional<ScanFolder> scans = input.map(folder -> ScanFolder.read(
                folder, new ScanRules(Optional.of(new PixelSize(1, 1))))); // pixel sizes are not compared with scans
        for (Path folder : PyramidImages.in(output)) {
            problems.addAll(image(folder, scans, depth));
        }
        if (scans.isPresent() && !(depth instanceof CheckDepth.Full)) {
            problems.add(Problem.note(
                    "verify.against",
                    output.toString(),
                    "pixels are compared with the scans only when everything is read.",
                    "Leave out --quick and --sample."));
        }
        return problems;
    }

    /// Pixels are read only where the metadata are sound.
    private static List<Problem> image(Path folder, Optional<ScanFolder> scans, CheckDepth depth) {
        List<Problem> problems = new ArrayList<>();
        try (StoredPyramid image = StoredPyramid.open(folder)) {
            problems.addAll(ConsolidatedCheck.of(folder));
            problems.addAll(new PyramidCheck(image).metadata());
            described(image, problems);
            boolean sound = problems.stream().noneMatch(Problem::refuses);
            if (sound && depth instanceof CheckDepth.Full) {
                problems.addAll(new PyramidCheck(image).levels());
                if (scans.isPresent()) {
                    against(image, scans.get(), problems);
                }
            }
        } catch (InputRefused refusal) {
            problems.add(Problem.refusal(
                    "image.unreadable", folder.toString(), String.valueOf(refusal.getMessage()), refusal.remedy()));
        }
        return problems;
    }

    /// OME-XML and the browsers' metadata tell the same.
    private static void described(StoredPyramid image, List<Problem> problems) {
        Path file = image.path().resolve(PyramidMetadata.OME_FILE);
        String where = file.toString();
        String xml;
        try {
            xml = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            problems.add(Problem.refusal(
                    "image.ome-xml", where, "expected OME-XML, found: %s.".formatted(e), "Write the image again."));
            return;
        }
        OmeDocument document = OmeReader.read(xml, where);
        problems.addAll(document.problems());
        List<String> names = document.images().stream()
                .flatMap(described -> described.channels().stream())
                .map(OmeChannel::name)
                .map(name -> name.orElse(""))
                .toList();
        if (!names.equals(image.labels())) {
            problems.add(Problem.refusal(
                    "image.ome-xml",
                    where,
                    "it names the channels %s, the browsers' metadata %s.".formatted(names, image.labels()),
                    "Write the image again from its scans."));
        }
    }

    private static void against(StoredPyramid image, ScanFolder scans, List<Problem> problems) {
        Optional<Map<String, Path>> files = ShownFiles.of(image.path(), scans);
        if (files.isEmpty()) {
            problems.add(Problem.refusal(
                    "image.region",
                    image.path().toString(),
                    "expected a region of %s, found none of this name that can be read.".formatted(scans.folder()),
                    "Name the scans that the image was made from."));
            return;
        }
        for (int channel = 0; channel < image.labels().size(); channel++) {
            String label = image.labels().get(channel);
            Path file = files.get().get(label);
            if (file == null) {
                problems.add(Problem.refusal(
                        "image.label",
                        image.path().toString(),
                        "channel %d is called \"%s\", and no scan of %s is.".formatted(channel, label, scans.folder()),
                        "Name the scans that the image was made from."));
            } else {
                against(image, channel, file, problems);
            }
        }
        if (files.get().size() != image.labels().size()) {
            problems.add(Problem.refusal(
                    "image.channels",
                    image.path().toString(),
                    "expected %,d channels, as many as scans, found %,d."
                            .formatted(files.get().size(), image.labels().size()),
                    "Write the image again from its scans."));
        }
    }

    private static void against(StoredPyramid image, int channel, Path file, List<Problem> problems) {
        StoredArray full = image.array(0);
        try (ImageFile scan = ImageFiles.openAgain(file)) {
            Optional<Plane> plane = scan.planes().stream().findFirst();
            boolean alike = plane.isPresent()
                    && plane.get().height() == full.shape().get(1)
                    && plane.get().width() == full.shape().get(2)
                    && plane.get().type() == image.type();
            if (!alike) {
                problems.add(Problem.refusal(
                        "image.differs",
                        image.path().toString(),
                        "channel %d is not of the size and type of %s.".formatted(channel, file),
                        "Write the image again from its scans."));
                return;
            }
            int kept = PyramidMemory.comparedBlocks(
                    full.chunk().get(1), plane.get().blocks(), image.type().bytes());
            try (PlaneReader reader = scan.reader(0, scan.readerBytes(0, kept))) {
                problems.addAll(new PyramidCheck(image).against(channel, reader::read, file.toString()));
            }
        }
    }
}
