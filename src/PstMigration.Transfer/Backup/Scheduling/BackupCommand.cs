using System.Text;

namespace PstMigration.Transfer;

/// <summary>The command line that runs a backup. It names the backup and nothing else.</summary>
/// <param name="Shell">The full path of pwsh or powershell.exe.</param>
/// <param name="ModulePath">The full path of the module's manifest.</param>
/// <param name="Name">The backup.</param>
/// <param name="PlanFolder">The folder of plans; null for the user's own.</param>
public sealed record BackupCommand(string Shell, string ModulePath, string Name, string? PlanFolder)
{
    /// <summary>What the shell runs. Its exit code is that of the backup, whose error does not end the script before it; 3 where the module cannot be loaded. Progress is for people; a scheduler mails or logs it.</summary>
    public string Script =>
        "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'; try { Import-Module " + Quote(ModulePath) + "; exit (Start-MailboxBackup -Name " + Quote(Name)
        + (PlanFolder is null ? "" : " -PlanFolder " + Quote(PlanFolder)) + " -ErrorAction Continue).ExitCode } catch { [Console]::Error.WriteLine($_); exit 3 }";

    /// <summary>The arguments of the shell: encoded, so that no quotes of any scheduler change it; what it writes is text, which it is not by itself where the command is encoded.</summary>
    public string Arguments => "-NoProfile -NonInteractive -OutputFormat Text -EncodedCommand " + Convert.ToBase64String(Encoding.Unicode.GetBytes(Script));

    // The quotes PowerShell takes for an apostrophe too.
    private static string Quote(string text)
    {
        StringBuilder quoted = new("'");
        foreach (char c in text)
        {
            quoted.Append(c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' ? new string(c, 2) : c.ToString());
        }

        return quoted.Append('\'').ToString();
    }
}
