using System;
using System.IO;
using System.Linq;
using PstMigration.Errors;
using PstMigration.Formats;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration;

/// <summary>
/// Items to copy from what a path names, with what has to be closed after it. What kinds of files there are is known here alone.
/// </summary>
internal sealed class OpenedSource : IDisposable
{
    private static readonly string[] s_dataFileEndings = [".pst", ".ost", ".pab"];

    private readonly IDisposable? _file;
    private readonly Func<string?> _warning;

    private OpenedSource(IItemSource items, IDisposable? file, Func<string?> warning)
    {
        Items = items;
        _file = file;
        _warning = warning;
    }

    /// <summary>The items.</summary>
    internal IItemSource Items { get; }

    /// <summary>What people should know about the source once it was read; null where there is nothing.</summary>
    internal string? Warning => _warning();

    /// <summary>Opens a file or a directory of any kind that can be copied from.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="format">What it is; null to find out.</param>
    /// <exception cref="MailDataException">It cannot be opened.</exception>
    internal static OpenedSource Open(string path, ImportFormat? format)
    {
        ImportFormat? known = format ?? Detect(path);
        if (known != ImportFormat.Pst)
        {
            return new OpenedSource(MailFiles.Open(path, KindOf(known)), null, () => null);
        }

        if (Directory.Exists(path))
        {
            throw PathErrors.NotFile(path);
        }

        PstFile file = PstFile.Open(path);
        return Of(file, new PstItemSource(file));
    }

    /// <summary>Items of an open data file, which then belongs to the result.</summary>
    internal static OpenedSource Of(PstFile file, PstItemSource items) => new(
        items,
        file,
        () => file.Damage.Count > 0 ? LocalText.Format(Strings.PstDamageFound, file.Path, file.Damage.Count, file.Damage[0]) : null);

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    // A data file is not looked into first: whoever opens it says best why it cannot be opened. So it is with files nothing is known of.
    private static ImportFormat? Detect(string path) => HasDataFileName(path) ? ImportFormat.Pst : MailFiles.Detect(path) switch
    {
        MailFileKind.Eml => ImportFormat.Eml,
        MailFileKind.Mbox => ImportFormat.Mbox,
        MailFileKind.Maildir => ImportFormat.Maildir,
        _ => File.Exists(path) ? ImportFormat.Pst : null,
    };

    private static bool HasDataFileName(string path) =>
        File.Exists(path) && s_dataFileEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static MailFileKind? KindOf(ImportFormat? format) => format switch
    {
        ImportFormat.Eml => MailFileKind.Eml,
        ImportFormat.Mbox => MailFileKind.Mbox,
        ImportFormat.Maildir => MailFileKind.Maildir,
        _ => null,
    };
}
