using System.Management.Automation;
using PstMigration.Batch;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>Compare-PstToMailbox: whether a mailbox has what is in data files, item by item.</summary>
[Cmdlet(VerbsData.Compare, "PstToMailbox", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PstComparison))]
[OutputType(typeof(PstComparedItem))]
public sealed class ComparePstToMailboxCommand : PathCommand, IDynamicParameters
{
    private readonly ItemFilterParameters _filter = new();
    private readonly Dictionary<MsMailbox, List<string>> _files = [];

    /// <summary>The mailbox: a connection, or the address of one made in this session; without it the only connection there is.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Address", "EmailAddress", "UserPrincipalName", "PrimarySmtpAddress", "Mail")]
    [MailboxTransformation]
    [ArgumentCompleter(typeof(MailboxCompleter))]
    [ValidateNotNull]
    public MailboxArgument? Mailbox { get; set; }

    /// <summary>Only these folders of the file and what is below them: roles, paths in any language, wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string[] Folder { get; set; } = [];

    /// <summary>Folders by their paths, every character taken as it is.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string[] LiteralFolder { get; set; } = [];

    /// <summary>The folder of the mailbox below which everything was put; without it Inbox went to Inbox and the others beside it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string? TargetFolder { get; set; }

    /// <summary>Writes each item that is not the same, before the result of the whole.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>With -PassThru, also the items that are the same.</summary>
    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    /// <summary>Has a job do it all.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <inheritdoc/>
    private protected override bool RunsAsJob => AsJob;

    /// <inheritdoc/>
    public object GetDynamicParameters() => _filter;

    /// <summary>What a pattern matches is no tree that somebody has named.</summary>
    private protected override IReadOnlyList<string> Existing(string given, bool literal) => FileSystemPaths.ExistingOrNamed(this, given, literal);

    /// <summary>Files wait until all are known: a mailbox is read once for all of them.</summary>
    protected override async Task ProcessFileAsync(string path, CancellationToken cancellationToken)
    {
        MailboxArgument given = Mailbox ?? MailboxArgument.Only;
        MsMailbox mailbox = await OnPipelineAsync(() => given.Resolve(this)).ConfigureAwait(false);
        if (!_files.TryGetValue(mailbox, out List<string>? paths))
        {
            _files.Add(mailbox, paths = []);
        }

        paths.Add(path);
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await base.EndAsync(cancellationToken).ConfigureAwait(false);
        ItemFilter filter = _filter.ToFilter(NamedFolders.Of(Folder, LiteralFolder), Clock.GetLocalNow());
        foreach (KeyValuePair<MsMailbox, List<string>> files in _files)
        {
            try
            {
                await CompareAsync(files.Key, files.Value, filter, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                WriteError(ErrorRecords.From(e, files.Key.Address));
            }
        }
    }

    private async Task CompareAsync(MsMailbox mailbox, List<string> paths, ItemFilter filter, CancellationToken cancellationToken)
    {
        using MailboxWaits waits = new(mailbox.Connection, Streams);
        IItemSource there = await mailbox.Connection.OpenSourceAsync(WriteDebug, cancellationToken).ConfigureAwait(false);
        IItemTarget copies = await mailbox.Connection.OpenTargetAsync(WriteDebug, cancellationToken).ConfigureAwait(false);
        await using (there.ConfigureAwait(false))
        await using (copies.ConfigureAwait(false))
        {
            ComparedVersions versions = await ComparedVersions.ReadAsync(paths, path => OpenAsync(path, paths, _ => { }), filter, cancellationToken).ConfigureAwait(false);
            StoresComparer comparer = new(there);
            List<(string Path, StoreComparison Found)> compared = [];
            foreach (string path in paths)
            {
                try
                {
                    CompareOptions options = new()
                    {
                        Filter = filter,
                        TargetRoot = TargetFolder is null ? null : NamedFolders.ParseTarget(TargetFolder),
                        Copies = copies as ICopyLister,
                        Folders = copies as IFolderFinder,
                        IsExcused = (_, messageClass) => copies.Refuse(messageClass) is not null,
                        OnFolderUnreadable = (folder, error) => WriteError(ErrorRecords.From(error, folder.Path.ToString())),
                        Time = Clock,
                    };
                    compared.Add((path, await CompareAsync(comparer, path, paths, versions, mailbox, options, cancellationToken).ConfigureAwait(false)));
                }
                catch (Exception e) when (ErrorRecords.IsAboutData(e))
                {
                    WriteError(ErrorRecords.From(e, path));
                }
            }

            comparer.TellExtras();
            compared.ForEach(c => WriteObject(new PstComparison(c.Found) { Path = c.Path, Mailbox = mailbox }));
        }
    }

    private async Task<StoreComparison> CompareAsync(
        StoresComparer comparer, string path, IReadOnlyList<string> others, ComparedVersions versions, MsMailbox mailbox, CompareOptions options, CancellationToken cancellationToken)
    {
        IItemSource file = await OpenAsync(path, others, WriteWarning).ConfigureAwait(false);
        await using (file.ConfigureAwait(false))
        {
            using CommandProgress progress = StartProgress(LocalText.Format(Strings.ActivityCompare, path, mailbox.Address));
            options = options with
            {
                IsOlder = key => versions.IsOlder(file, key),
                OnItem = item => Tell(item, file),
                MoreStores = (file as PstSeriesSource)?.PartKeys ?? [],
                OnProgress = (read, total) => progress.Report($"{read}/{total}", total > 0 ? (double)read / total : null),
            };
            StoreComparison found = await comparer.CompareAsync(file, options, cancellationToken).ConfigureAwait(false);
            SourceReports.Tell(path, file.Report, Streams);
            return found;
        }
    }

    /// <summary>The first file of a series stands for all of it, unless others of its files are named beside it.</summary>
    private static Task<IItemSource> OpenAsync(string path, IReadOnlyList<string> others, Action<string> warn) =>
        File.Exists(path) && PstSeries.Of(path) is PstSeries series && series.Find().Any(f => f != path && others.Contains(f))
            ? Task.FromResult(PstItemFormat.Instance.OpenSource(path, new ItemSourceOptions()))
            : MailboxExport.OpenSavedAsync(path, warn);

    private void Tell(ComparedItem item, IItemSource file)
    {
        if (item.Error is not null)
        {
            WriteError(ErrorRecords.From(item.Error, (item.SourceKey ?? item.TargetKey)?.ToString()));
        }

        if (PassThru && (IncludeEqual || item.Outcome != CompareOutcome.Same))
        {
            WriteObject(new PstComparedItem(item, item.SourceKey is ItemKey key ? ComparedVersions.FileOf(file, key) : null));
        }
    }
}
