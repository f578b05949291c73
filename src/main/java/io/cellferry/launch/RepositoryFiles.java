package io.cellferry.launch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/// The files of embedded job repositories, by a scheme of their own: `jdbc:h2:cellferry:/FOLDER/RUN`.
///
/// Public, with a public constructor, because H2 makes one for each path by reflection.
public final class RepositoryFiles extends FilePathWrapper {

    private static final String SCHEME = "cellferry";

    /// What stands before an absolute path in a JDBC URL of H2; from now on this process knows it.
    static String scheme() {
        FilePath.register(new RepositoryFiles());
        return SCHEME + ":";
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new RepositoryFile(getBase().toString(), getBase().open(mode));
    }
}
