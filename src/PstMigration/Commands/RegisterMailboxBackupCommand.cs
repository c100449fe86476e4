using System.Diagnostics;
using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>Register-MailboxBackup: has a mailbox saved by itself from now on.</summary>
[Cmdlet(VerbsLifecycle.Register, "MailboxBackup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = DailySet)]
[OutputType(typeof(MailboxBackupInfo))]
public sealed class RegisterMailboxBackupCommand : AsyncCommand
{
    private const string DailySet = "Daily";
    private const string WeeklySet = "Weekly";
    private const string IntervalSet = "Interval";

    /// <summary>The name of the backup.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The mailbox.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [MailboxTransformation(Properties = "")]
    [ArgumentCompleter(typeof(MailboxCompleter))]
    [ValidateNotNull]
    public MailboxArgument Mailbox { get; set; } = null!;

    /// <summary>The certificate an application signs in with, by thumbprint.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateThumbprint { get; set; }

    /// <summary>The folder below which the backup makes its own.</summary>
    [Parameter(Mandatory = true, Position = 2)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>Another such folder, to which each finished backup is copied.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SecondDestination { get; set; }

    /// <summary>Each day; the default.</summary>
    [Parameter(ParameterSetName = DailySet)]
    public SwitchParameter Daily { get; set; }

    /// <summary>Each week on these days.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WeeklySet)]
    [ValidateNotNullOrEmpty]
    public DayOfWeek[] Weekly { get; set; } = [];

    /// <summary>The time of day.</summary>
    [Parameter(ParameterSetName = DailySet)]
    [Parameter(ParameterSetName = WeeklySet)]
    public DateTime At { get; set; } = new(2000, 1, 1, 2, 0, 0);

    /// <summary>Every so many hours.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IntervalSet)]
    [ValidateRange(1, 24)]
    public int IntervalHours { get; set; }

    /// <summary>Which older states are kept: an age, or daily=7, weekly=4 and so on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Keep { get; set; } = [BackupRetention.Default.ToString()];

    /// <summary>The format.</summary>
    [Parameter]
    [ValidateSet("Pst", "Eml", "Mbox", "Maildir", "Html")]
    public string Format { get; set; } = "Pst";

    /// <summary>By what the backup is split into a series of data files; one file without it.</summary>
    [Parameter]
    public PstSplitBy? SplitBy { get; set; }

    /// <summary>The bytes at which the next file of a series begins.</summary>
    [Parameter]
    [ValidateRange(1L << 20, 1L << 46)]
    public long? SplitSize { get; set; }

    /// <summary>Only these folders and what is below them.</summary>
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

    /// <summary>Only items older than that many days.</summary>
    [Parameter]
    [ValidateRange(1, 36_500)]
    public int OlderThanDays { get; set; }

    /// <summary>From how large a change on the result is kept beside.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int ShrinkPercent { get; set; } = new BackupPlan().ShrinkPercent;

    /// <summary>A file for Prometheus.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MetricsFile { get; set; }

    /// <summary>The file a log of its runs is kept in.</summary>
    [Parameter]
    [Alias("LogFile")]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>Data files of this computer that are saved too.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] IncludeLocalPst { get; set; } = [];

    /// <summary>Puts a message into the Inbox of the mailbox when a run did not save everything.</summary>
    [Parameter]
    public SwitchParameter MailOnFailure { get; set; }

    /// <summary>What starts it.</summary>
    [Parameter]
    public BackupScheduler Scheduler { get; set; }

    /// <summary>The folder of plans, in place of the user's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PlanFolder { get; set; }

    /// <summary>Changes a backup that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override MailDataException? NotTaken => Mailbox == MailboxArgument.NotTaken ? InputErrors.NotTaken(this, Strings.TakesMailboxes) : null;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RegisterAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            WriteError(ErrorRecords.From(e, Name));
        }
    }

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        if (SplitBy == PstSplitBy.Year && SplitSize is not null)
        {
            throw ErrorRecords.Exception(ModuleErrorIds.SplitConflict, Strings.SplitConflict);
        }

        string? folder = await FullAsync(PlanFolder).ConfigureAwait(false);
        BackupPlans plans = new(folder);
        MsMailbox mailbox = await OnPipelineAsync(() => Mailbox.Resolve(this)).ConfigureAwait(false);
        BackupScheduler scheduler = BackupRegistration.Resolve(Scheduler);
        BackupPlan plan = new BackupPlan
        {
            Name = Name,
            Connection = BackupConnections.Of(mailbox, CertificateThumbprint),
            Destination = (await FullAsync(Destination).ConfigureAwait(false))!,
            SecondDestination = await FullAsync(SecondDestination).ConfigureAwait(false),
            Format = Format,
            SplitBy = (SplitBy ?? (SplitSize is null ? null : PstSplitBy.Size))?.ToString(),
            SplitSize = SplitSize,
            Folders = Folder,
            LiteralFolders = LiteralFolder,
            OlderThanDays = OlderThanDays > 0 ? OlderThanDays : null,
            Schedule = new BackupSchedule { At = At.TimeOfDay, Days = Weekly, IntervalHours = IntervalHours > 0 ? IntervalHours : null },
            Scheduler = scheduler.ToString(),
            Keep = string.Join(",", Keep),
            ShrinkPercent = ShrinkPercent,
            LocalFiles = await OnPipelineAsync(() => (IReadOnlyList<string>)[.. IncludeLocalPst.SelectMany(LocalFiles).Distinct(StringComparer.Ordinal)]).ConfigureAwait(false),
            MailOnFailure = MailOnFailure,
            MetricsFile = await FullAsync(MetricsFile).ConfigureAwait(false),
            LogPath = await FullAsync(LogPath).ConfigureAwait(false),
        }.Validated();
        if (!Force && plans.Contains(plan.Name))
        {
            throw new MailDataException(BackupErrorIds.BackupExists, LocalText.Format(Strings.BackupAlreadyRegistered, plan.Name));
        }

        BackupPlaces.Check(plan, plans);
        BackupCommand command = await OnPipelineAsync(() => new BackupCommand(ShellPath(), ModulePath(), plan.Name, folder)).ConfigureAwait(false);
        BackupRegistration registration = BackupRegistration.Of(scheduler, plan, command, Clock.GetLocalNow());
        if (!await OnPipelineAsync(() => ShouldProcess(plan.Name, Strings.ActionRegisterBackup, Describe(plans, plan, registration, command))).ConfigureAwait(false))
        {
            return;
        }

        if (plan.LogPath is not null)
        {
            // Where it cannot be kept that is an error now, not a warning each night.
            new TransferLog(plan.LogPath, null, new JournalOptions { Tell = WriteWarning, Time = Clock }).Begin(MyInvocation.MyCommand.Name + " " + plan.Name);
        }

        BackupEnds ends = new(c => c.Kind == BackupConnectionKind.Sandbox ? mailbox : null, new LiveConnector(Streams), new ShadowCopies(this), WriteDebug, Clock);
        if (!ends.CanRestore(plan.Format))
        {
            WriteWarning(LocalText.Format(Strings.BackupNotRestorable, plan.Format));
        }

        BackupPlan? former = plans.Contains(plan.Name) ? TryRead(plans, plan.Name) : null;
        if (former is not null)
        {
            BackupShape.CheckChange(former, plan, ends);
        }

        BackupRegistrar registrar = new(this, WriteWarning);
        byte[]? before = plans.ReadFile(plan.Name);
        BackupPreparation prepared = BackupRun.Prepare(plan, ends);
        try
        {
            plans.Write(plan, replace: Force);
            BackupResult proof = await new BackupRun(plans, ends, Clock) { ValidateOnly = true }.RunAsync(plan.Name, cancellationToken).ConfigureAwait(false);
            if (proof.Error is MailDataException error)
            {
                throw error;
            }

            await registrar.AddAsync(registration, scheduler, plan.Name).ConfigureAwait(false);
        }
        catch
        {
            // What cannot run, or is started by nothing, is not registered and leaves nothing.
            plans.PutBack(plan.Name, before);
            prepared.TakeBack();
            throw;
        }

        foreach (string existing in before is null ? prepared.Existing : [])
        {
            WriteWarning(LocalText.Format(Strings.BackupGoesOn, existing, plan.Name));
        }

        if (former is not null && Enum.TryParse(former.Scheduler, out BackupScheduler other) && other != scheduler)
        {
            // Else both would start it.
            await registrar.RemoveAsync(BackupRegistration.Of(other, former, command, Clock.GetLocalNow()), other, former.Name).ConfigureAwait(false);
        }

        WriteObject(new MailboxBackupInfo(plan, plans.ReadStatus(plan.Name), plans.PathOf(plan.Name), Clock.GetUtcNow(), Clock.LocalTimeZone));
    }

    private static BackupPlan? TryRead(BackupPlans plans, string name)
    {
        try
        {
            return plans.Read(name);
        }
        catch (MailDataException)
        {
            return null;
        }
    }

    /// <summary>The plan, what a scheduler gets, and what it runs, in lines.</summary>
    private static IEnumerable<string> Describe(BackupPlans plans, BackupPlan plan, BackupRegistration registration, BackupCommand command)
    {
        IEnumerable<string> lines = Lines(plans.PathOf(plan.Name), BackupPlans.ToJson(plan));
        foreach (ScheduledFile file in registration.Files)
        {
            lines = lines.Concat(Lines(registration.Folder is null ? TaskSchedulerTask.Folder + file.Name : Path.Combine(registration.Folder, file.Name), file.Text));
        }

        return lines.Concat(registration.Register.Select(c => c.ToString())).Concat(Lines(command.Shell + " -EncodedCommand", command.Script));
    }

    private static IEnumerable<string> Lines(string place, string text) => text.TrimEnd().Split('\n').Select(l => "  " + l.TrimEnd('\r')).Prepend(place + ":");

    /// <summary>A folder, and a pattern in the name alone, stand for the files there are when a run begins; other patterns for those there are now.</summary>
    private IEnumerable<string> LocalFiles(string given)
    {
        string full = FileSystemPaths.Full(this, given);
        return Directory.Exists(full) ? [Path.Combine(full, "*" + PstItemFormat.Instance.Extensions[0])]
            : Path.GetFileName(full).IndexOfAny(['*', '?']) >= 0 && full.IndexOf('[') < 0 && Directory.Exists(Path.GetDirectoryName(full)) ? [full]
            : FileSystemPaths.Existing(this, given, literal: false);
    }

    private async Task<string?> FullAsync(string? path) => path is null ? null : await OnPipelineAsync(() => FileSystemPaths.Full(this, path)).ConfigureAwait(false);

    private string ModulePath() => Path.Combine(MyInvocation.MyCommand.Module?.ModuleBase ?? "", "PstMigration.psd1");

    /// <summary>The shell this runs in; where a program hosts the engine, the one that is found by name.</summary>
    private string ShellPath()
    {
        string home = SessionState.PSVariable.GetValue("PSHOME") as string ?? "";
        string[] names = Path.DirectorySeparatorChar == '\\' ? ["pwsh.exe", "powershell.exe"] : ["pwsh"];
        string? found = names.Select(n => Path.Combine(home, n)).FirstOrDefault(File.Exists);
        if (found is not null)
        {
            return found;
        }

        using Process process = Process.GetCurrentProcess();
        string running = process.MainModule?.FileName ?? "";
        return names.Contains(Path.GetFileName(running), StringComparer.OrdinalIgnoreCase) ? running : names[0];
    }
}
