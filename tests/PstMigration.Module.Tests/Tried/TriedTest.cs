using System.Globalization;
using System.Management.Automation;
using PstMigration.Tests;

namespace PstMigration.Module.Tests.Tried;

/// <summary>
/// What people typed by habit. Each test is named after a row of the list of what they saw. What the engine's package alone does not have, the cmdlets of the file system and the
/// exports, is tried in tests/Pester/Tried.Tests.ps1.
/// </summary>
public abstract class TriedTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pstmigration-tried");

    /// <summary>A session; <paramref name="answers"/> are given to its prompts.</summary>
    private protected TriedTest(params string[] answers)
    {
        Session = StagedModule.Import(120, answers);
        Session.InvokeClean($"$ExecutionContext.SessionState.Path.SetLocation('{_folder.FullName}')");
    }

    private protected EngineSession Session { get; }

    /// <summary>A small file the project made: Japanese folders, five items, three below the inbox.</summary>
    private protected static string Sample { get; } = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");

    /// <summary>A copy of Outlook_1.pst of the real files: Inbox 8, Sent Items 6, Calendar 1, Contacts 1.</summary>
    private protected string Outlook(string name = "O.pst") => Copy(TestData.Path("pst/Outlook_1.pst"), name);

    private protected string Copy(string file, string name)
    {
        string copy = At(name);
        File.Copy(file, copy);
        File.SetAttributes(copy, FileAttributes.Normal);
        return copy;
    }

    private protected string At(string name) => Path.Combine(_folder.FullName, name);

    private protected void Connect(string name = "m.mailbox", string culture = "en-US") =>
        Session.InvokeClean($"$m = Connect-MsMailbox -Sandbox '{name}' -Culture {culture} -NoThrottling");

    /// <summary>The single result of a script.</summary>
    private protected PSObject Result(string script) => Session.InvokeClean(script).Single(o => o.BaseObject.GetType().Name == "PstTransferResult");

    private protected int Items(string file) => Session.InvokeClean($"Get-PstItem '{file}'").Count;

    /// <summary>The ids of the errors of a script.</summary>
    private protected string[] Errors(string script)
    {
        Session.Invoke(script);
        return [.. Session.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0])];
    }

    private protected static int Number(PSObject result, string property) => Convert.ToInt32(result.Properties[property].Value, CultureInfo.InvariantCulture);

    private protected string[] Warnings(string script) =>
        [.. Session.InvokeClean($"& {{ {script} }} 3>&1").Select(o => o.BaseObject).OfType<WarningRecord>().Select(w => w.Message)];

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
            Session.Dispose();
            _folder.Delete(recursive: true);
        }
    }
}
