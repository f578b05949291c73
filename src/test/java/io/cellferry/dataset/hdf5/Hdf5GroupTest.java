package io.cellferry.dataset.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.failure.InputRefused;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Names lead where the file says, inside the file, and a member nobody can read hides no other.
class Hdf5GroupTest {

    private static final Path FOLDER = Path.of("src/test/resources/hdf5/sound");

    @Test
    void linksAreFollowedFromTheirOwnGroup() {
        try (Hdf5File file = Hdf5File.open(FOLDER.resolve("links.h5"))) {
            for (String path : new String[] {
                "g/real",
                "g/absolute",
                "g/relative",
                "g/dotted",
                "g/hard",
                "down",
                "through/relative",
                "/g/real",
                "whole/whole/g/./real"
            }) {
                assertThat(file.root().array(path)).as(path).isPresent();
            }
            TreeGroup inner = file.root().group("g").orElseThrow();
            assertThat(inner.array("/down")).isPresent();
            assertThat(inner.array("relative").orElseThrow().path()).isEqualTo("/g/real");
        }
    }

    @Test
    void absentNamesAreEmpty() {
        try (Hdf5File file = Hdf5File.open(FOLDER.resolve("links.h5"))) {
            assertThat(file.root().find("nothing")).isEmpty();
            assertThat(file.root().find("g/nothing/more")).isEmpty();
            assertThat(file.root().find("g/real/below_data")).isEmpty();
            assertThat(file.root().group("g/real")).isEmpty();
            assertThat(file.root().array("g")).isEmpty();
            assertThat(file.root().find("/")).containsInstanceOf(TreeGroup.class);
        }
    }

    @Test
    void linksThatLeadNowhereAreRefused() {
        try (Hdf5File file = Hdf5File.open(FOLDER.resolve("links.h5"))) {
            refused(file.root(), "a", "leads in a circle");
            refused(file.root(), "self", "leads in a circle");
            refused(file.root(), "g/dangling", "leads nowhere");
            refused(file.root(), "outside", "link into another file (/etc/passwd");
            refused(file.root(), "d" + "/d".repeat(69), "more than 64 levels deep");
            assertThat(file.root().group("d" + "/d".repeat(59))).isPresent();
        }
    }

    @Test
    void unreadableMembersAreListedAndHideNoOther() {
        try (Hdf5File file = Hdf5File.open(FOLDER.resolve("unreadable.h5"))) {
            assertThat(file.root().childNames())
                    .containsExactly(
                            "bfloat16",
                            "external",
                            "lists",
                            "long_double",
                            "negative_enumeration",
                            "ok",
                            "opaque",
                            "region",
                            "virtual");
            assertThat(file.root().array("ok").orElseThrow().readWholes(0, 3)).containsExactly(0, 1, 2);
            for (String name : file.root().childNames()) {
                if (!name.equals("ok")) {
                    TreeArray dataset = file.root().array(name).orElseThrow();
                    assertThat(dataset.unreadable()).as(name).isPresent();
                    assertThatThrownBy(dataset::cursor).as(name).isInstanceOf(InputRefused.class);
                }
            }
        }
    }

    @Test
    void groupsOfManyMembersListThemAll() {
        for (String age : new String[] {"earliest", "latest"}) {
            try (Hdf5File file = Hdf5File.open(FOLDER.resolve("large_groups_%s.h5".formatted(age)))) {
                TreeGroup many = file.root().group("many").orElseThrow();
                assertThat(many.childNames()).hasSize(700).first().asString().endsWith("00000");
                assertThat(many.group("member_with_a_rather_long_name_00699")).isPresent();
            }
        }
    }

    private static void refused(TreeGroup group, String path, String reason) {
        assertThatThrownBy(() -> group.find(path))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("/" + path)
                .hasMessageContaining(reason);
    }
}
