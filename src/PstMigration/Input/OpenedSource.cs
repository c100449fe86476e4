using System;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration;

/// <summary>
/// Items to copy from what a path names, with what has to be closed after it. What kinds of files there are is known here alone.
/// </summary>
internal sealed class OpenedSource : IDisposable
{
    private readonly IDisposable _file;
    private readonly Func<string?> _warning;

    private OpenedSource(IItemSource items, IDisposable file, Func<string?> warning)
    {
        Items = items;
        _file = file;
        _warning = warning;
    }

    /// <summary>The items.</summary>
    internal IItemSource Items { get; }

    /// <summary>What people should know about the source once it was read; null where there is nothing.</summary>
    internal string? Warning => _warning();

    /// <summary>Opens a file of any kind that can be copied from.</summary>
    /// <exception cref="MailDataException">It cannot be opened.</exception>
    internal static OpenedSource Open(string path)
    {
        PstFile file = PstFile.Open(path);
        return Of(file, new PstItemSource(file));
    }

    /// <summary>Items of an open data file, which then belongs to the result.</summary>
    internal static OpenedSource Of(PstFile file, PstItemSource items) => new(
        items,
        file,
        () => file.Damage.Count > 0 ? LocalText.Format(Strings.PstDamageFound, file.Path, file.Damage.Count, file.Damage[0]) : null);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
