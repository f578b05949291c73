package io.cellferry.cellucid.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One JSON value. Whole and real numbers are different kinds, because Python writes and reads them differently.
public sealed interface Json {

    Json NOTHING = new Nothing();

    record Text(String value) implements Json {}

    record Whole(long value) implements Json {}

    record Real(double value) implements Json {}

    record Truth(boolean value) implements Json {}

    /// `null`.
    record Nothing() implements Json {}

    record Array(List<Json> items) implements Json {
        public Array {
            items = List.copyOf(items);
        }

        public static Array of(Json... items) {
            return new Array(List.of(items));
        }
    }

    /// An object; its members keep the order in which they were given.
    record Members(Map<String, Json> byName) implements Json {
        public Members {
            byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
        }

        public Optional<Json> find(String name) {
            return Optional.ofNullable(byName.get(name));
        }

        /// The member `name`, which has to be there.
        public Json member(String name) {
            return find(name).orElseThrow(() -> new MalformedJson("the member \"" + name + "\" is missing"));
        }
    }

    static Json text(String value) {
        return new Text(value);
    }

    static Json whole(long value) {
        return new Whole(value);
    }

    static Json real(double value) {
        return new Real(value);
    }

    static Json truth(boolean value) {
        return new Truth(value);
    }

    static MembersBuilder members() {
        return new MembersBuilder();
    }

    /// The text of this value, which has to be a text.
    default String asText() {
        if (this instanceof Text text) {
            return text.value();
        }
        throw new MalformedJson("expected a text, found " + PythonJson.line(this));
    }

    /// The number of this value, which has to be a whole one that fits an `int`.
    default int asInt() {
        long value = asLong();
        if (value != (int) value) {
            throw new MalformedJson("expected a number of at most 32 bits, found " + value);
        }
        return (int) value;
    }

    /// The number of this value, which has to be a whole one.
    default long asLong() {
        if (this instanceof Whole whole) {
            return whole.value();
        }
        throw new MalformedJson("expected a whole number, found " + PythonJson.line(this));
    }

    /// The number of this value, whole or real.
    default double asDouble() {
        if (this instanceof Real real) {
            return real.value();
        }
        if (this instanceof Whole whole) {
            return whole.value();
        }
        throw new MalformedJson("expected a number, found " + PythonJson.line(this));
    }

    /// The items of this value, which has to be an array.
    default List<Json> asItems() {
        if (this instanceof Array array) {
            return array.items();
        }
        throw new MalformedJson("expected an array, found " + PythonJson.line(this));
    }

    /// This value as an object, which it has to be.
    default Members asMembers() {
        if (this instanceof Members members) {
            return members;
        }
        throw new MalformedJson("expected an object, found " + PythonJson.line(this));
    }

    /// Collects the members of an object in order.
    final class MembersBuilder {
        private final Map<String, Json> byName = new LinkedHashMap<>();

        public MembersBuilder put(String name, Json value) {
            byName.put(name, value);
            return this;
        }

        public MembersBuilder put(String name, String value) {
            return put(name, new Text(value));
        }

        public MembersBuilder put(String name, long value) {
            return put(name, new Whole(value));
        }

        public MembersBuilder put(String name, boolean value) {
            return put(name, new Truth(value));
        }

        public Members build() {
            return new Members(byName);
        }
    }
}
