using System.Globalization;
using PstMigration.Commands;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Batch;

/// <summary>-RetireSource: renames what was brought whole, and deletes what an earlier run renamed once its time is over.</summary>
/// <param name="grace">How long a file that was renamed stays.</param>
/// <param name="force">Whether a rehearsal counts as an import when it comes to deleting.</param>
/// <param name="streams">The cmdlet's.</param>
/// <param name="ask">Asks whether to do something to a file.</param>
internal sealed class SourceRetiring(TimeSpan grace, bool force, CommandStreams streams, Func<string, string, Task<bool>> ask)
{
    private readonly SortedSet<string> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Source> _sources = new(StringComparer.Ordinal);

    /// <summary>Makes a folder known, where earlier runs may have renamed files.</summary>
    internal void AddFolderOf(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            _folders.Add(folder);
        }
    }

    /// <summary>Makes an import of a file known. One that goes into several mailboxes is renamed when it has arrived in the last of them.</summary>
    internal void Expect(string path)
    {
        AddFolderOf(path);
        if (!_sources.TryGetValue(path, out Source? source))
        {
            _sources.Add(path, source = new Source());
        }

        source.Left++;
    }

    /// <summary>An import of a file begins; before the file is opened.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal void Begin(string path)
    {
        lock (_sources)
        {
            _sources[path].Before ??= FileStamp.Of(path);
        }
    }

    /// <summary>An import of a file came to nothing.</summary>
    internal void Fail(string path, string reason)
    {
        lock (_sources)
        {
            _sources[path].Reason ??= reason;
        }
    }

    /// <summary>Deletes what earlier runs renamed in these folders, where its time is over and nothing stands against it. Before anything else is renamed.</summary>
    internal async Task SweepAsync()
    {
        foreach (RetiredSource retired in _folders.SelectMany(RetiredSource.In))
        {
            if (streams.Clock.GetUtcNow() < retired.DeleteAfter)
            {
                streams.Verbose(LocalText.Format(Strings.RetiredWaits, retired.Path, retired.DeleteAfter.LocalDateTime));
            }
            else if (retired.ReasonToStay(force) is string reason)
            {
                streams.Warning(LocalText.Format(Strings.RetiredStays, retired.Path, reason));
            }
            else if (await ask(retired.Path, LocalText.Format(Strings.ActionDeleteRetired, retired.DeleteAfter.LocalDateTime)).ConfigureAwait(false))
            {
                Delete(retired);
            }
        }
    }

    /// <summary>Renames a file that was brought whole. Why it stays is told, and on the result.</summary>
    internal void Retire(string path, TransferOptions options, TransferSummary summary, PstTransferResult result, SourceReport report)
    {
        lock (_sources)
        {
            Source source = _sources[path];
            try
            {
                source.Left--;
                source.IsRehearsal |= result.IsRehearsal;
                SourceRetirement.Check(options, summary, report);
                if (source.Left > 0)
                {
                    return;
                }

                if (source.Reason is string other)
                {
                    throw BatchErrors.Row(Strings.RetireOther, other);
                }

                DateTimeOffset now = streams.Clock.GetUtcNow();
                RetiredSource retired = RetiredSource.Retire(path, source.Before!, now, now + grace, source.IsRehearsal);
                result.RetiredPath = retired.Path;
                streams.Verbose(LocalText.Format(Strings.RetiredWaits, retired.Path, retired.DeleteAfter.LocalDateTime));
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                source.Reason ??= e.Message;
                result.RetireReason = e.Message;
                streams.Warning(LocalText.Format(Strings.RetiredStays, path, e.Message));
            }
        }
    }

    /// <summary>The grace time as people read it.</summary>
    public override string ToString() => grace.TotalDays.ToString("0.#", CultureInfo.CurrentCulture);

    private void Delete(RetiredSource retired)
    {
        try
        {
            retired.Delete();
            streams.Verbose(LocalText.Format(Strings.RetiredDeleted, retired.Path));
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            streams.Error(ErrorRecords.From(e, retired.Path));
        }
    }

    private sealed class Source
    {
        /// <summary>Imports of it that have not ended.</summary>
        public int Left { get; set; }

        /// <summary>What it was like before the first was begun.</summary>
        public FileStamp? Before { get; set; }

        /// <summary>Whether one of them went into a mailbox of this machine.</summary>
        public bool IsRehearsal { get; set; }

        /// <summary>Why one of them keeps it from being renamed.</summary>
        public string? Reason { get; set; }
    }
}
