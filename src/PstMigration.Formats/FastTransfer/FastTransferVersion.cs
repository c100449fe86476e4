namespace PstMigration.Formats;

/// <summary>
/// The version of the server a stream is from: three u16 as [MS-OXCRPC] 3.1.4.1.3.1 packs them, (major &lt;&lt; 8) | minor, 0x8000 | build, revision.
/// </summary>
public readonly record struct FastTransferVersion(ushort Product, ushort Build, ushort Revision)
{
    /// <summary>15.20.4566.6022, that of the sample in Microsoft's description of importItem.</summary>
    public static FastTransferVersion Published { get; } = new(0x0F14, 0x91D6, 0x1786);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0}.{1}.{2}.{3}", Product >> 8, Product & 0xFF, Build & 0x7FFF, Revision);
}
