using System.Diagnostics;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>A reader of data files that somebody else wrote, run on a file in a folder of its own.</summary>
internal sealed class ForeignProgram : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "foreign" + Guid.NewGuid().ToString("N"));

    private ForeignProgram() => Directory.CreateDirectory(_folder);

    /// <summary>Where pffexport writes the items of the file.</summary>
    public string Exported => Path.Combine(_folder, "x.export");

    /// <summary>Where pffexport writes what it recovers; may not exist.</summary>
    public string Recovered => Path.Combine(_folder, "x.recovered");

    /// <summary>The folder itself, where readpst writes.</summary>
    public string Folder => _folder;

    /// <summary>Exports everything with pffexport; skips the test where it is not installed.</summary>
    public static ForeignProgram Pffexport(string path)
    {
        ForeignProgram program = new();
        Run("/usr/bin/pffexport", $"-m all -q -t \"{Path.Combine(program._folder, "x")}\" \"{path}\"");
        return program;
    }

    /// <summary>Exports each item into a file with readpst, in one process, for several lose items at random; skips the test where it is not installed.</summary>
    public static ForeignProgram Readpst(string path)
    {
        ForeignProgram program = new();
        Run("/usr/bin/readpst", $"-D -e -j 0 -q -o \"{program._folder}\" \"{path}\"");
        return program;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Run(string program, string arguments)
    {
        Assert.SkipUnless(File.Exists(program), program + " is not installed.");
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        errors.GetAwaiter().GetResult();
        process.WaitForExit();
    }
}
