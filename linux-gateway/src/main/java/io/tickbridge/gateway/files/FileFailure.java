package io.tickbridge.gateway.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be used. Java's own exceptions have it in their type, and only the file's name as message. */
public final class FileFailure {
    private FileFailure() {
    }

    /**
     * Says why.
     *
     * @param failure what an operation on a file threw
     * @return a few words, without the file's name
     */
    public static String reason(final IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        if (failure instanceof NotDirectoryException) {
            return "not a directory";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "a directory that is not empty";
        }
        if (failure instanceof CharacterCodingException) {
            return "not UTF-8 text";
        }
        if (failure instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        if (failure instanceof FileNotFoundException && failure.getMessage() != null) {
            // Older classes write: name (reason)
            return failure.getMessage().replaceFirst("^.* \\((.*)\\)$", "$1");
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
