package io.cellferry.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IoWordsTest {

    static Stream<Arguments> errorsAreSaidInWords() {
        return Stream.of(
                Arguments.of(new AccessDeniedException("/data/a"), "permission denied"),
                Arguments.of(new NoSuchFileException("/data/a"), "it is not there"),
                Arguments.of(new NotDirectoryException("/data/a"), "it is no folder"),
                Arguments.of(new FileAlreadyExistsException("/data/a"), "FileAlreadyExistsException"),
                Arguments.of(new FileSystemException("/data/a", null, "Stale file handle"), "Stale file handle"),
                Arguments.of(new MalformedInputException(1), "it is not text in UTF-8"),
                Arguments.of(new IOException("Input/output error"), "Input/output error"),
                Arguments.of(new EOFException(), "it ends too early"),
                Arguments.of(new IOException(), "IOException"),
                Arguments.of(new UncheckedIOException(new AccessDeniedException("/data/a")), "permission denied"),
                Arguments.of(
                        new InvalidPathException("a", "Nul character not allowed"), "Nul character not allowed: a"));
    }

    @ParameterizedTest
    @MethodSource
    void errorsAreSaidInWords(Exception error, String words) {
        assertThat(IoWords.of(error)).isEqualTo(words);
    }
}
