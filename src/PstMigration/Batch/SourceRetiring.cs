using System.Globalization;
using PstMigration.Commands;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration.Batch;

/// <summary>-RetireSource: renames what was brought whole, and deletes what an earlier run renamed once its time is over and the mailbox still has it.</summary>
/// <param name="grace">How long a file that was renamed stays.</param>
/// <param name="force">Whether a rehearsal counts as an import when it comes to deleting.</param>
/// <param name="streams">The cmdlet's.</param>
/// <param name="open">Opens a mailbox to write to; one for all files, which stays the cmdlet's.</param>
/// <param name="ask">Asks whether to do something to a file.</param>
internal sealed class SourceRetiring(
    TimeSpan grace, bool force, CommandStreams streams, Func<MsMailbox, CancellationToken, Task<IItemTarget>> open, Func<string, string, Task<bool>> ask)
{
    private readonly SortedDictionary<string, Given> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Source> _sources = new(StringComparer.Ordinal);
    private List<string> _deleted = [];

    /// <summary>Makes a retired file known that the command was given, by whatever name, with a mailbox. No other is looked at.</summary>
    internal void Give(RetiredSource retired, MsMailbox mailbox)
    {
        if (!_given.TryGetValue(retired.Path, out Given? given))
        {
            _given.Add(retired.Path, given = new Given(retired, []));
        }

        given.Mailboxes.Add(mailbox);
    }

    /// <summary>Makes an import of a file known. One that goes into several mailboxes is renamed when it has arrived in the last of them.</summary>
    internal void Expect(string path)
    {
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

    /// <summary>Deletes of the files that were given and renamed by earlier runs those whose time is over and whose mail is where it went. Before anything else is renamed.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach ((RetiredSource retired, HashSet<MsMailbox> mailboxes) in _given.Values)
        {
            try
            {
                if (await MayGoAsync(retired, mailboxes, cancellationToken).ConfigureAwait(false)
                    && await ask(retired.Path, LocalText.Format(Strings.ActionDeleteRetired, retired.DeleteAfter.LocalDateTime)).ConfigureAwait(false))
                {
                    Delete(retired);
                }
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                streams.Warning(LocalText.Format(Strings.RetiredStays, retired.Path, e.Message));
            }
        }
    }

    /// <summary>What was deleted since this was asked last.</summary>
    internal IReadOnlyList<string> TakeDeleted() => Interlocked.Exchange(ref _deleted, []);

    /// <summary>Renames a file that was brought whole. Why it stays is told, and on the result.</summary>
    internal void Retire(MailboxImport import, string store, TransferSummary summary, PstTransferResult result, SourceReport report)
    {
        string path = import.Path;
        lock (_sources)
        {
            Source source = _sources[path];
            try
            {
                source.Left--;
                SourceRetirement.Check(import.Options, summary, report);
                source.Arrivals.Add(new SourceArrival(store, import.Mailbox.Address, import.Mailbox.SandboxPath, import.Options.TargetRoot?.ToString()));
                if (source.Left > 0)
                {
                    return;
                }

                if (source.Reason is string other)
                {
                    throw BatchErrors.Row(Strings.RetireOther, other);
                }

                DateTimeOffset now = streams.Clock.GetUtcNow();
                RetiredSource retired = RetiredSource.Retire(path, source.Before!, now, now + grace, source.Arrivals, import.CodePage);
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

    /// <summary>Whether a file may be deleted now. Why not is told.</summary>
    private async Task<bool> MayGoAsync(RetiredSource retired, HashSet<MsMailbox> mailboxes, CancellationToken cancellationToken)
    {
        List<(SourceArrival Arrival, MsMailbox Mailbox, IItemTarget Target)> found = [];
        foreach (MsMailbox mailbox in mailboxes)
        {
            IItemTarget target = await open(mailbox, cancellationToken).ConfigureAwait(false);
            found.AddRange(retired.Arrivals.Where(a => a.IsInto(target.StoreKey, mailbox.SandboxPath)).Select(a => (a, mailbox, target)));
        }

        SourceArrival[] elsewhere = [.. retired.Arrivals.Except(found.Select(f => f.Arrival))];
        if (found.Count == 0 && elsewhere.Length > 0)
        {
            streams.Warning(LocalText.Format(Strings.RetiredNotImported, retired.Original, retired.Verified.LocalDateTime, string.Join<SourceArrival>(", ", elsewhere)));
            return false;
        }

        if (streams.Clock.GetUtcNow() < retired.DeleteAfter)
        {
            streams.Verbose(LocalText.Format(Strings.RetiredWaits, retired.Path, retired.DeleteAfter.LocalDateTime));
            return false;
        }

        string? reason = elsewhere.Length > 0 ? LocalText.Format(Strings.RetiredElsewhere, string.Join<SourceArrival>(", ", elsewhere)) : retired.ReasonToStay(force);
        if (reason is not null)
        {
            streams.Warning(LocalText.Format(Strings.RetiredStays, retired.Path, reason));
            return false;
        }

        foreach ((SourceArrival arrival, MsMailbox mailbox, IItemTarget target) in found)
        {
            IItemSource file = PstItemFormat.Instance.OpenSource(retired.Path, new ItemSourceOptions { CodePage = retired.CodePage });
            await using (file.ConfigureAwait(false))
            {
                IItemSource written = await mailbox.Connection.OpenSourceAsync(streams.Verbose, cancellationToken).ConfigureAwait(false);
                await using (written.ConfigureAwait(false))
                {
                    FolderPath? root = arrival.TargetFolder is string text ? FolderPath.Parse(text) : null;
                    await RetiredCheck.CheckAsync(file, written, target, root, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        return true;
    }

    private void Delete(RetiredSource retired)
    {
        try
        {
            retired.Delete();
            _deleted.Add(retired.Path);
            streams.Warning(LocalText.Format(Strings.RetiredDeleted, retired.Path));
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

        /// <summary>Where it has arrived so far.</summary>
        public List<SourceArrival> Arrivals { get; } = [];

        /// <summary>Why one of them keeps it from being renamed.</summary>
        public string? Reason { get; set; }
    }

    private sealed record Given(RetiredSource Retired, HashSet<MsMailbox> Mailboxes);
}
