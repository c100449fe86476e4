using System.Management.Automation;
using System.Runtime.InteropServices;
using PstMigration.Accounts.Finding;
using PstMigration.Accounts.Outlook;
using PstMigration.Errors;
using PstMigration.Mapi;

namespace PstMigration.Commands;

/// <summary>Find-PstFile: data files in folders and in Outlook's profiles. Opens none of them.</summary>
[Cmdlet(VerbsCommon.Find, "PstFile", DefaultParameterSetName = PathSet)]
[OutputType(typeof(FoundPstFile))]
public sealed class FindPstFileCommand : AsyncCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string ProfileSet = "Profile";

    private IReadOnlyList<OutlookProfile> _profiles = [];
    private PstFileFinder? _finder;

    /// <summary>Folders, with wildcards; without it, where Outlook and its user keep data files.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Alias("FullName", "FilePath")]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Folders as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Only data files of Outlook profiles with such names.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ProfileSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Profile { get; set; } = [];

    /// <summary>Also the folders below; on unless switched off.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Recurse { get; set; } = true;

    /// <summary>The profiles and folders of everybody on this PC, as far as they can be read, not only of the current user.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = ProfileSet)]
    public SwitchParameter AllUsers { get; set; }

    /// <summary>Also .ost files.</summary>
    [Parameter]
    public SwitchParameter IncludeOst { get; set; }

    /// <inheritdoc/>
    private protected override MailDataException? NotTaken => ParameterSetName == LiteralPathSet && Given.IsNotTaken(LiteralPath) ? PathErrors.NotOfFile() : null;

    /// <inheritdoc/>
    protected override Task BeginAsync(CancellationToken cancellationToken)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows) || ParameterSetName == ProfileSet)
        {
            _profiles = OutlookProfiles.FromRegistry(AllUsers).Profiles;
        }

        _finder = new PstFileFinder(Report, _profiles) { IncludesOst = IncludeOst, Recurses = Recurse };
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (ParameterSetName == ProfileSet)
        {
            WildcardPattern[] names = [.. Profile.Select(p => new WildcardPattern(p, WildcardOptions.IgnoreCase))];
            Write(_finder!.InProfiles(_profiles.Where(p => names.Any(n => n.IsMatch(p.Name))).SelectMany(p => p.DataFiles)));
        }
        else if (ParameterSetName == PathSet && Path is null)
        {
            Write(_finder!.InProfiles(_profiles.SelectMany(p => p.DataFiles)));
            foreach (string folder in AllUsers ? PstFileFinder.FoldersOfUsers(PstFileFinder.UsersFolder()) : PstFileFinder.DefaultFolders())
            {
                Write(_finder.InFolder(folder, cancellationToken));
            }
        }
        else
        {
            await SearchAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SearchAsync(CancellationToken cancellationToken)
    {
        bool literal = ParameterSetName == LiteralPathSet;
        foreach (string given in literal ? LiteralPath : Path!)
        {
            try
            {
                IReadOnlyList<string> roots = await OnPipelineAsync(() => FileSystemPaths.ExistingAny(this, given, literal)).ConfigureAwait(false);
                if (roots.Count == 0)
                {
                    WriteWarning(LocalText.Format(Strings.NothingMatches, given));
                }

                foreach (string root in roots)
                {
                    Write(_finder!.InFolder(root, cancellationToken));
                }
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                WriteError(ErrorRecords.From(e, given));
            }
        }
    }

    private void Write(IEnumerable<FoundPstFile> files)
    {
        foreach (FoundPstFile file in files)
        {
            WriteObject(file);
        }
    }

    private void Report(MailDataException error) => WriteError(ErrorRecords.From(error, null));
}
