package io.cellferry.launch.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesControllerTest {

    @TempDir
    Path folder;

    @Test
    void aFileThatIsGoneSinceTheFolderWasReadIsLeftOut() throws IOException {
        Path file = Files.writeString(folder.resolve("upload.part"), "four");
        assertThat(FilesController.entry(file)).contains(new FilesController.Entry("upload.part", "file", 4));
        Files.delete(file);
        assertThat(FilesController.entry(file)).isEmpty();
    }

    @Test
    void foldersHaveNoSize() {
        assertThat(FilesController.entry(folder))
                .contains(new FilesController.Entry(folder.getFileName().toString(), "folder", 0));
    }
}
