package io.cellferry.cellucid;

import io.cellferry.cellucid.json.Json;

/// Recipes changed so that contract 0.9.0 can carry them.
record OldContractRecipes(Recipe recipe) {

    /// Without vector fields whose names cannot be file names.
    Recipe withUsableVectors() {
        return with(
                "vectors",
                new Json.Array(recipe.list("vectors").stream()
                        .filter(vector -> vector.member("id").asText().equals("velocity_umap"))
                        .map(Json.class::cast)
                        .toList()));
    }

    Recipe with(String member, Json value) {
        Json.MembersBuilder changed = Json.members();
        recipe.json().byName().forEach(changed::put);
        return new Recipe(changed.put(member, value).build());
    }
}
