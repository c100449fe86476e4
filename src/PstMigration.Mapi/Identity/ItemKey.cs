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
    /// <inheritdoc/>
    public override string ToString() => Store + "/" + Id;
}
