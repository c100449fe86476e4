namespace PstMigration.Mapi;

/// <summary>
/// Where an item came from. Both halves compare ordinally.
/// File: <c>pst:</c> + record key in hexadecimal, and the NID as <c>0x00200024</c>.
/// Graph: <c>graph:</c> + mailbox, and the immutable id.
/// </summary>
/// <param name="Store">The store: a file or a mailbox.</param>
/// <param name="Id">The item within the store.</param>
public readonly record struct ItemKey(string Store, string Id)
{
    /// <summary>
    /// What the key of a directory with mail of several formats begins with. Its items have the keys they have in a store of their format alone: those differ in what stands before the colon.
    /// </summary>
    public const string SeveralFormats = "mail";

    /// <summary>Reads a key of a store's items; null where the text is of another store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="text">As <see cref="ToString"/> gives it.</param>
    public static ItemKey? ReadOf(string store, string text)
    {
        if (store is null || text is null)
        {
            throw new ArgumentNullException(store is null ? nameof(store) : nameof(text));
        }

        // Of a directory of several formats only what stands behind the first colon of both is the same.
        bool isSeveral = store.StartsWith(SeveralFormats + ":", StringComparison.Ordinal);
        int colon = isSeveral ? text.IndexOf(':') : 0;
        string same = isSeveral ? store.Substring(SeveralFormats.Length) : store;
        int end = colon + same.Length;
        return colon >= 0 && end < text.Length && text[end] == '/' && string.CompareOrdinal(text, colon, same, 0, same.Length) == 0
            ? new ItemKey(text.Substring(0, end), text.Substring(end + 1))
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Store + "/" + Id;
}
