package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.omezarr.Superblock;

/// Names of units and of the scratch files they leave for later steps. Published: they stand in the journals of runs
/// that wait to resume.
final class PyramidUnits {

    private PyramidUnits() {}

    static String pixels(String region, Superblock superblock) {
        return "pixels/" + partition(region, superblock);
    }

    static String partition(String region, Superblock superblock) {
        return region + "-" + superblock.partitionName();
    }

    static String leftover(String region, Superblock superblock) {
        return "leftovers/%s/%s".formatted(region, superblock.partitionName());
    }

    static String metadata(String region) {
        return "metadata/" + region;
    }

    static String channel(String region, int channel) {
        return "%s-channel-%03d".formatted(region, channel);
    }
}
