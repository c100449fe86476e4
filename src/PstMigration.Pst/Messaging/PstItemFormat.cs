using PstMigration.Mapi;

namespace PstMigration.Pst;

/// <summary>Outlook data files: read in every variant, written as Unicode .pst.</summary>
public sealed class PstItemFormat : ItemFormat
{
    private PstItemFormat()
        : base("Pst", ".pst", ".ost", ".pab")
    {
    }

    /// <summary>The format.</summary>
    public static PstItemFormat Instance { get; } = new();

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override bool IsOneFile => true;

    /// <summary>By its name: whoever opens the file says best why it cannot be opened.</summary>
    public override bool Detect(string path) => File.Exists(path) && base.Detect(path);

    /// <inheritdoc/>
    public override IItemSource OpenSource(string path, ItemSourceOptions options) => new PstItemSource(
        PstFile.Open(path, new PstOpenOptions { CodePage = options?.CodePage, AcceptDamage = options?.AcceptDamage ?? false }),
        includeHidden: options?.IncludeHidden ?? false,
        ownsFile: true);

    /// <summary>Opens an existing file to add to it; makes one where there is none.</summary>
    public override IItemTarget OpenTarget(string path, ItemTargetOptions options)
    {
        options ??= new ItemTargetOptions();
        if (!File.Exists(path))
        {
            using PstFileBuilder builder = PstFileBuilder.Create(path, new PstCreateOptions { TimeProvider = options.Time });
            builder.Complete();
        }

        return PstItemTarget.Open(path, new PstEditOptions { TimeProvider = options.Time });
    }
}
