package io.cellferry.omexml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How long the planes of one image were exposed, by channel. A channel of several planes has the exposure of the
/// first plane that says one. Holds one number a channel, bounded by the elements a text may have.
final class PlaneExposures {

    private final Map<Integer, Double> milliseconds = new HashMap<>();
    private final String place;
    private final int sizeC;
    private final Findings findings;

    /// Of the image at `place` with `sizeC` channels.
    PlaneExposures(String place, int sizeC, Findings findings) {
        this.place = place;
        this.sizeC = sizeC;
        this.findings = findings;
    }

    /// Reads the `Plane` that `cursor` stands on. In 2007 and 2008 the exposure is an attribute of an element inside.
    void read(XmlCursor cursor) throws Unreadable {
        Attributes plane = new Attributes(place + ", Plane", cursor.attributes(), findings);
        int own = cursor.depth();
        while (cursor.toChildOf(own)) {
            if (cursor.name().equals("PlaneTiming")) {
                plane = plane.with(cursor.attributes());
            }
        }
        Optional<Integer> channel = channelOf(plane);
        if (channel.isPresent() && !milliseconds.containsKey(channel.get())) {
            plane.at("%s, plane of channel %d".formatted(place, channel.get()))
                    .quantity(Measure.TIME, NumberRange.NOT_NEGATIVE, "ExposureTime")
                    .ifPresent(exposure -> milliseconds.put(channel.get(), exposure));
        }
    }

    /// `channels` with the exposures of their planes.
    List<OmeChannel> addedTo(List<OmeChannel> channels) {
        List<OmeChannel> exposed = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            exposed.add(channels.get(i).withExposure(Optional.ofNullable(milliseconds.get(i))));
        }
        milliseconds.keySet().stream()
                .filter(channel -> channel >= channels.size())
                .sorted()
                .forEach(channel -> findings.warn(
                        "input.ome.reference",
                        place,
                        "a plane belongs to channel %,d, but there are %,d channels"
                                .formatted(channel, channels.size()),
                        "Correct TheC in the file's OME-XML; until then the plane's exposure is not used."));
        return exposed;
    }

    /// A plane that does not say its channel belongs to the only one, or to none that could be named.
    private Optional<Integer> channelOf(Attributes plane) {
        if (plane.text("TheC").isPresent()) {
            return plane.whole(0, Integer.MAX_VALUE, "TheC").map(Math::toIntExact);
        }
        if (sizeC == 1) {
            return Optional.of(0);
        }
        findings.warn(
                "input.ome.number",
                plane.place(),
                "a plane's channel was expected in attribute TheC, found none",
                "Add it to the file's OME-XML; until then the plane's exposure is not used.");
        return Optional.empty();
    }
}
