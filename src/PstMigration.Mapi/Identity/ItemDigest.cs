namespace PstMigration.Mapi;

/// <summary>A SHA-256 over an item at some <see cref="DigestLevel"/>; computed by <see cref="ItemDigester"/>.</summary>
/// <param name="Level">What it covers.</param>
/// <param name="Hex">64 lower-case hexadecimal digits.</param>
public readonly record struct ItemDigest(DigestLevel Level, string Hex)
{
    /// <inheritdoc/>
    public override string ToString() => Hex;
}
