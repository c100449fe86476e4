using System.Management.Automation;
using System.Runtime.InteropServices;
using PstMigration.Accounts;
using PstMigration.Accounts.Outlook;
using PstMigration.Accounts.Thunderbird;
using PstMigration.Errors;
using PstMigration.Mapi;

namespace PstMigration.Commands;

/// <summary>Get-LegacyMailAccount: the accounts that Outlook and Thunderbird are set up with. Reads no password.</summary>
[Cmdlet(VerbsCommon.Get, "LegacyMailAccount", DefaultParameterSetName = ComputerSet)]
[OutputType(typeof(LegacyMailAccount))]
public sealed class GetLegacyMailAccountCommand : AsyncCommand
{
    private const string ComputerSet = "Computer";
    private const string RegistryFileSet = "RegistryFile";
    private const string ThunderbirdFolderSet = "ThunderbirdFolder";

    /// <summary>Everybody whose registry is loaded, not only the current user.</summary>
    [Parameter(ParameterSetName = ComputerSet)]
    public SwitchParameter AllUsers { get; set; }

    /// <summary>Exported registry files.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RegistryFileSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] RegistryFile { get; set; } = [];

    /// <summary>The code page of an ANSI export.</summary>
    [Parameter(ParameterSetName = RegistryFileSet)]
    [ValidateRange(1, 65535)]
    public int? CodePage { get; set; }

    /// <summary>Folders of Thunderbird.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ThunderbirdFolderSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] ThunderbirdFolder { get; set; } = [];

    /// <summary>Only profiles with such names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Profile { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        if (ParameterSetName == ComputerSet)
        {
            ReadComputer();
        }
        else
        {
            bool registry = ParameterSetName == RegistryFileSet;
            foreach (string given in registry ? RegistryFile : ThunderbirdFolder)
            {
                await ReadGivenAsync(given, registry, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void ReadComputer()
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            Write(OutlookProfiles.FromRegistry(AllUsers), null);
        }
        else
        {
            WriteVerbose(Strings.NoOutlookHere);
        }

        foreach (string folder in ThunderbirdProfiles.DefaultFolders())
        {
            Try(folder, () => Write(ThunderbirdProfiles.FromFolder(folder)));
        }
    }

    private async Task ReadGivenAsync(string given, bool registry, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> paths = [];
        try
        {
            paths = await OnPipelineAsync(() => registry ? FileSystemPaths.Existing(this, given, literal: false) : FileSystemPaths.ExistingAny(this, given, literal: false)).ConfigureAwait(false);
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            WriteError(ErrorRecords.From(e, given));
        }

        foreach (string path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Try(path, () =>
            {
                if (registry)
                {
                    Write(OutlookProfiles.FromFile(path, CodePage), path);
                }
                else
                {
                    Write(ThunderbirdProfiles.FromFolder(path));
                }
            });
        }
    }

    private void Try(string target, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            WriteError(ErrorRecords.From(e, target));
        }
    }

    private void Write(OutlookProfileSet set, string? file)
    {
        foreach (OutlookProfile profile in set.Profiles.Where(p => IsWanted(p.Name)))
        {
            Write(profile.Accounts);
        }

        foreach (MailDataException problem in set.Problems)
        {
            WriteError(ErrorRecords.From(problem, file));
        }
    }

    private void Write(IEnumerable<ThunderbirdProfile> profiles)
    {
        foreach (ThunderbirdProfile profile in profiles.Where(p => IsWanted(p.Name)))
        {
            Write(profile.Accounts);
        }
    }

    private void Write(IEnumerable<LegacyMailAccount> accounts)
    {
        foreach (LegacyMailAccount account in accounts)
        {
            WriteObject(account);
        }
    }

    private bool IsWanted(string name) => Profile.Any(p => new WildcardPattern(p, WildcardOptions.IgnoreCase).IsMatch(name));
}
