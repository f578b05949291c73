package io.cellferry.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A job repository whose disk fills up at any moment works on as if nothing had happened.
class RepositoryFileTest {

    private static final int ROWS = 12;

    @TempDir
    Path temporary;

    /// A file whose disk takes a number of changes and then no more.
    private static final class AilingFile extends FileBaseDefault {

        private final FileChannel file;
        private final AtomicInteger changesLeft;

        AilingFile(FileChannel file, AtomicInteger changesLeft) {
            this.file = file;
            this.changesLeft = changesLeft;
        }

        private void change() throws IOException {
            if (changesLeft.getAndDecrement() <= 0) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        /// A full disk takes what it can: half of it.
        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            if (changesLeft.get() == 0) {
                ByteBuffer half = source.duplicate();
                file.write(half.limit(half.position() + half.remaining() / 2), position);
            }
            change();
            return file.write(source, position);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            change();
            file.truncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            change();
            file.force(metaData);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }

    /// H2 finds it as `ailing:`.
    public static final class AilingFiles extends FilePathWrapper {

        private static final AtomicInteger CHANGES_LEFT = new AtomicInteger();

        @Override
        public String getScheme() {
            return "ailing";
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            return new AilingFile(getBase().open(mode), CHANGES_LEFT);
        }
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void transactionsGoOnWhereverTheDiskFillsUp() throws SQLException {
        FilePath.register(new AilingFiles());
        int changes = Integer.MAX_VALUE - changesLeftAfter("whole", Integer.MAX_VALUE);
        assertThat(changes).isGreaterThan(ROWS);

        for (int taken = 0; taken < changes; taken++) {
            changesLeftAfter("run" + taken, taken);
        }
    }

    private int changesLeftAfter(String name, int changes) throws SQLException {
        AilingFiles.CHANGES_LEFT.set(changes);
        String url = "jdbc:h2:%sailing:%s".formatted(RepositoryFiles.scheme(), temporary.resolve(name));
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE STEP (ID INT PRIMARY KEY, CONTEXT VARCHAR(4000))");
            connection.setAutoCommit(false);
            for (int row = 0; row < ROWS; row++) {
                statement.execute("INSERT INTO STEP VALUES (%d, '%s')".formatted(row, "x".repeat(3000)));
                connection.commit();
                statement.execute("CHECKPOINT SYNC");
            }
            try (ResultSet rows = statement.executeQuery("SELECT COUNT(*), SUM(LENGTH(CONTEXT)) FROM STEP")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1))
                        .as("rows with a disk of %d changes", changes)
                        .isEqualTo(ROWS);
                assertThat(rows.getInt(2)).isEqualTo(ROWS * 3000);
            }
        }
        return AilingFiles.CHANGES_LEFT.get();
    }

    @Test
    void readsWhatWasWrittenBeforeAndAfterTheDiskFilledUp() throws IOException {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            FilePath base = FilePath.get(temporary.resolve("file" + seed).toString());
            AtomicInteger changesLeft = new AtomicInteger(random.nextInt(12));
            try (FileChannel sound = FilePath.get("memFS:sound" + seed).open("rw");
                    FileChannel file = new RepositoryFile("file", new AilingFile(base.open("rw"), changesLeft))) {
                for (int change = 0; change < 12; change++) {
                    changeBoth(random, sound, file);
                    assertThat(contents(file))
                            .as("seed %d, change %d", seed, change)
                            .isEqualTo(contents(sound));
                }
            }
        }
    }

    private static void changeBoth(Random random, FileChannel one, FileChannel other) throws IOException {
        int place = random.nextInt(5000);
        switch (random.nextInt(4)) {
            case 0 -> {
                one.truncate(place);
                other.truncate(place);
            }
            case 1 -> other.force(true);
            default -> {
                byte[] bytes = new byte[random.nextInt(3000)];
                random.nextBytes(bytes);
                assertThat(one.write(ByteBuffer.wrap(bytes), place)).isEqualTo(bytes.length);
                assertThat(other.write(ByteBuffer.wrap(bytes), place)).isEqualTo(bytes.length);
            }
        }
    }

    private static byte[] contents(FileChannel file) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(file.size()));
        while (all.hasRemaining() && file.read(all, all.position()) >= 0) {
            // Until all is read.
        }
        assertThat(all.hasRemaining()).isFalse();
        assertThat(file.read(ByteBuffer.allocate(1), file.size())).isNegative();
        return all.array();
    }
}
