package io.cellferry.failure;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// What an I/O error was, in words for a message that names the file already: Java's own text of several of them is
/// nothing but that name, of others a number.
public final class IoWords {

    private IoWords() {}

    /// Of an I/O error, or of an unchecked exception around one.
    public static String of(Exception error) {
        if (!(error instanceof IOException) && error.getCause() instanceof IOException cause) {
            return of(cause);
        }
        String message = error.getMessage();
        if (error instanceof FileSystemException failure) {
            return failure.getReason() == null ? ofKind(failure) : failure.getReason();
        }
        if (error instanceof CharacterCodingException) {
            return "it is not text in UTF-8";
        }
        if (message != null) {
            return message;
        }
        return error instanceof EOFException
                ? "it ends too early"
                : error.getClass().getSimpleName();
    }

    private static String ofKind(FileSystemException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "it is not there";
        }
        return failure instanceof NotDirectoryException
                ? "it is no folder"
                : failure.getClass().getSimpleName();
    }
}
