using System.Diagnostics;
using System.Reflection;
using System.Text;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>The program that makes the help, run on a copy of its sources into a folder of its own.</summary>
internal sealed class HelpProgram : IDisposable
{
    private static readonly string s_program =
        typeof(HelpProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "HelpProgram").Value!;

    private readonly string _target = Directory.CreateTempSubdirectory("pstmigration").FullName;
    private readonly string _source = Directory.CreateTempSubdirectory("pstmigration").FullName;

    public HelpProgram()
    {
        string sources = Path.Combine(StagedModule.Repository, "src", "PstMigration", "Help");
        foreach (string file in Directory.EnumerateFiles(sources, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_source, Path.GetRelativePath(sources, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>Runs it; gives its code and what it says of errors.</summary>
    public (int Code, string Errors) Run()
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardError = true, StandardErrorEncoding = Encoding.UTF8 };
        foreach (string argument in new[] { s_program, _target, _source })
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors.ReplaceLineEndings("\n").Trim());
    }

    /// <summary>The files it made, by their paths below the target.</summary>
    public string[] Made() => [.. Directory.EnumerateFiles(_target, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_target, f)).Order(StringComparer.Ordinal)];

    /// <summary>The bytes of a file it made.</summary>
    public byte[] Read(string file) => File.ReadAllBytes(Path.Combine(_target, file));

    /// <summary>Changes a text wherever it stands in a source.</summary>
    public void Edit(string language, string file, string text, string instead)
    {
        string path = Path.Combine(_source, language, file);
        string before = File.ReadAllText(path);
        Assert.Contains(text, before, StringComparison.Ordinal);
        File.WriteAllText(path, before.Replace(text, instead, StringComparison.Ordinal));
    }

    /// <summary>Puts one source in the place of another.</summary>
    public void Copy(string fromLanguage, string from, string toLanguage, string to) =>
        File.Copy(Path.Combine(_source, fromLanguage, from), Path.Combine(_source, toLanguage, to), overwrite: true);

    public void Dispose()
    {
        Directory.Delete(_target, recursive: true);
        Directory.Delete(_source, recursive: true);
    }
}
