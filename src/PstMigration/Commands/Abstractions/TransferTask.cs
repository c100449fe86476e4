using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>One run of the engine on behalf of a cmdlet: with progress, errors about items, and warnings of what was left out.</summary>
/// <param name="streams">The cmdlet's.</param>
/// <param name="activity">What progress is shown as.</param>
internal sealed class TransferTask(CommandStreams streams, string activity)
{
    // Recoverable items take 30 GB by default, and warn from 20 GB on.
    private const long MuchRemoved = 20L << 30;
    private const int MostNamed = 3;

    private LoggedRun? _logged;

    /// <summary>Where the run is written down; null for nowhere.</summary>
    internal TransferLog? Log { get; init; }

    /// <summary>The cmdlet's streams, of which the log takes what is said while the task runs.</summary>
    internal CommandStreams Streams => Log is null ? streams : streams with
    {
        Warning = text => Say(LogLevel.Warning, text, streams.Warning),
        Verbose = text => Say(LogLevel.Information, text, streams.Verbose),
    };

    /// <summary>Whether each item's result is written before that of the whole.</summary>
    internal bool PassThru { get; init; }

    /// <summary>Whether each file written is passed on.</summary>
    internal bool PassFiles { get; init; }

    /// <summary>Is told what became of each item; null for nobody.</summary>
    internal Action<ItemResult>? Watch { get; init; }

    /// <summary>Whether it says what the source could not give; else its owner does.</summary>
    internal bool TellsSource { get; init; } = true;

    /// <summary>Whether a damaged source of which nothing is left is no error.</summary>
    internal bool AcceptsDamage { get; init; }

    /// <summary>Copies.</summary>
    /// <param name="source">From where.</param>
    /// <param name="openTarget">Opens where to; not asked where a folder that was named is not there.</param>
    /// <param name="options">What and how.</param>
    /// <param name="cancellationToken">Stops with the pipeline.</param>
    /// <exception cref="MailDataException">The run could not go on; NothingReadable.</exception>
    internal async Task<TransferSummary> RunAsync(
        IItemSource source, Func<Task<IItemTarget>> openTarget, TransferOptions options, CancellationToken cancellationToken)
    {
        using CommandProgress progress = streams.Progress(activity);
        TransferObserver observer = new(streams, progress, PassThru, PassFiles) { Source = source.Name, Watch = Watch };
        _logged = Log is null ? null : new LoggedRun(Log, observer, source.Name);
        try
        {
            TransferRun run = await TransferRun.PlanAsync(source, options, (ITransferObserver?)_logged ?? observer, cancellationToken).ConfigureAwait(false);
            await CheckReadableAsync(source, run.Folders, cancellationToken).ConfigureAwait(false);
            IItemTarget target = await openTarget().ConfigureAwait(false);
            _logged?.Start(new TransferPlan(source.StoreKey, target.StoreKey) { SourceName = source.Name, TargetName = target.Name }, options);
            (TransferSummary summary, IReadOnlyList<WrittenFile> completed) = await run.RunAsync(target, cancellationToken).ConfigureAwait(false);
            observer.OnFiles(completed);
            TellEnd(source, summary);
            _logged?.End(summary);
            return summary;
        }
        catch (Exception e) when (Log is not null)
        {
            _logged?.Fail(e);
            throw;
        }
        finally
        {
            _logged = null;
        }
    }

    private void TellEnd(IItemSource source, TransferSummary summary)
    {
        if (TellsSource)
        {
            SourceReports.Tell(source.Name, source.Report, Streams);
        }

        Tell(source.Name, summary);
        if (!AcceptsDamage && summary is { Read: 0, Filtered: 0 } && SourceReports.DamageOf(source.Report) is > 0 and long damage)
        {
            streams.Error(ErrorRecords.From(FileErrors.NothingReadable(source.Name, damage), source.Name));
        }
    }

    private void Say(LogLevel level, string text, Action<string> say)
    {
        _logged?.Say(level, text);
        say(text);
    }

    // What would be made of a file in which no item is left would look like a copy of it.
    private async Task CheckReadableAsync(IItemSource source, IReadOnlyList<SourceFolder> folders, CancellationToken cancellationToken)
    {
        if (AcceptsDamage || SourceReports.DamageOf(source.Report) is not (> 0 and long damage))
        {
            return;
        }

        foreach (SourceFolder folder in folders)
        {
            IAsyncEnumerator<SourceItem> items = source.ReadItemsAsync(folder, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (items.ConfigureAwait(false))
            {
                try
                {
                    if (await items.MoveNextAsync().ConfigureAwait(false))
                    {
                        return;
                    }
                }
                catch (MailDataException e) when (!e.EndsRun)
                {
                    // The run tells of it, if another folder can be listed.
                }
            }
        }

        throw FileErrors.NothingReadable(source.Name, damage);
    }

    /// <summary>What a run would do, in words: how many items, how much, what of it would be skipped or lose something.</summary>
    /// <param name="source">From where.</param>
    /// <param name="refuses">Whether the target takes no items of a message class.</param>
    /// <param name="predict">What the target would lose of an item; null where opening each would take too long.</param>
    /// <param name="options">What and how.</param>
    /// <param name="cancellationToken">Stops with the pipeline.</param>
    /// <param name="estimate">How long a mailbox would take for it; null where none takes part.</param>
    /// <param name="tell">Is given all that was found out; null for nobody.</param>
    /// <param name="target">Is asked what it has already; null for none.</param>
    internal async Task<string> PreviewAsync(
        IItemSource source,
        Func<string, bool> refuses,
        Func<MapiItem, IReadOnlyList<ItemLoss>>? predict,
        TransferOptions options,
        CancellationToken cancellationToken,
        Func<TransferPreview, (TimeSpan Least, TimeSpan Most)>? estimate = null,
        Func<TransferPreview, Task>? tell = null,
        IItemTarget? target = null)
    {
        using CommandProgress progress = streams.Progress(activity);
        TransferRun run = await TransferRun.PlanAsync(source, options, new TransferObserver(streams, progress, false, false), cancellationToken).ConfigureAwait(false);
        TransferPreview preview = await run.PreviewAsync(refuses, predict, cancellationToken, target).ConfigureAwait(false);
        await (tell?.Invoke(preview) ?? Task.CompletedTask).ConfigureAwait(false);
        string text = LocalText.Format(Strings.PreviewItems, preview.Items, SizeText.Of(preview), preview.Folders);
        text += preview.There == 0 ? "" : " " + LocalText.Format(Strings.PreviewThere, preview.There);
        text += preview.Staying == 0 ? "" : " " + LocalText.Format(Strings.PreviewStaying, preview.Staying);
        text += preview.SkippedClasses.Count == 0 ? "" : " " + LocalText.Format(Strings.PreviewSkipped, TransferText.Counts(preview.SkippedClasses));
        text += preview.Losses.Count == 0 ? "" : " " + LocalText.Format(
            Strings.PreviewLosses, string.Join(", ", preview.Losses.Select(l => TransferText.Describe(l.Key) + " (" + l.Value + ")")));
        text += preview.Unreadable == 0 ? "" : " " + LocalText.Format(Strings.PreviewUnreadable, preview.Unreadable);
        return text + (estimate is null ? "" : " " + TransferText.Time(estimate(preview)));
    }

    /// <summary>What stays in the mailbox, and what the rest may come to there.</summary>
    private void Tell(string source, RemovalSummary removal)
    {
        if (removal.FirstError is MailDataException error)
        {
            Streams.Error(ErrorRecords.From(error, source));
        }

        if (removal.Kept.Count > 0)
        {
            Streams.Warning(LocalText.Format(
                Strings.ArchiveKept, source, removal.Kept.Values.Sum(), string.Join(", ", removal.Kept.Select(k => TransferText.Describe(k.Key) + " (" + k.Value + ")"))));
        }

        if (removal.Bytes >= MuchRemoved)
        {
            Streams.Warning(LocalText.Format(Strings.ArchiveMuch, source, removal.Bytes / (1024.0 * 1024 * 1024)));
        }
    }

    /// <summary>What was left out is said, not only counted.</summary>
    private void Tell(string source, TransferSummary summary)
    {
        if (summary.Listings.Count > 0)
        {
            streams.Verbose(LocalText.Format(
                Strings.TransferListed, source, string.Join(", ", summary.Listings.Select(l => TransferText.Describe(l.Key) + " (" + l.Value + ")")), summary.Unlisted));
        }

        if (summary.RenamedFolders.Count > 0)
        {
            Streams.Warning(LocalText.Format(
                Strings.TransferRenamed,
                source,
                string.Join(", ", summary.RenamedFolders.Take(MostNamed).Select(f => SafeText.Show($"'{f.Path}' ('{f.InsteadOf}')")))
                    + (summary.RenamedFolders.Count > MostNamed ? ", ..." : "")));
        }

        if (summary.SkippedClasses.Count > 0)
        {
            Streams.Warning(LocalText.Format(Strings.TransferSkipped, source, summary.Count(ItemFate.Skipped), TransferText.Counts(summary.SkippedClasses)));
        }

        if (summary.LessenedClasses.Count > 0)
        {
            Streams.Warning(LocalText.Format(
                Strings.TransferLessened,
                source,
                summary.LessenedClasses.Values.Sum(),
                TransferText.Counts(summary.LessenedClasses),
                string.Join(", ", summary.MissedLosses.Select(l => TransferText.Describe(l.Key) + " (" + l.Value + ")"))));
        }

        if (summary.Removal is RemovalSummary removal)
        {
            Tell(source, removal);
        }

        if (summary.Verification is { IsAsTold: false } found)
        {
            Streams.Warning(LocalText.Format(
                Strings.TransferNotVerified,
                source,
                found.Count(CompareOutcome.Missing),
                found.Count(CompareOutcome.Different) - found.Lessened,
                found.Count(CompareOutcome.Unreadable),
                found.UnreadableFolders));
        }
    }
}
