namespace PstMigration.Mapi;

/// <summary>
/// Tells whether an item was copied before: SHA-256(store ‖ NUL ‖ id ‖ NUL ‖ content digest). Two equal items in one file stay
/// two, and a copy of a file that went its own way is another source only where its items differ.
/// </summary>
/// <param name="Value">64 lower-case hexadecimal digits.</param>
public readonly record struct ItemMarker(string Value)
{
    /// <summary>The marker of an item.</summary>
    /// <exception cref="ArgumentException">The digest is not of level Content.</exception>
    public static ItemMarker Compute(ItemKey key, ItemDigest content)
    {
        if (content.Level != DigestLevel.Content)
        {
            throw new ArgumentException("A marker is made from the content digest.", nameof(content));
        }

        return new ItemMarker(Sha256.Hex(key.Store + "\0" + key.Id + "\0" + content.Hex));
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
