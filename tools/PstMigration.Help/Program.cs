using System.Management.Automation;
using System.Reflection;
using System.Text;

namespace PstMigration.Help;

/// <summary>
/// Makes <c>en-US</c> and <c>ja-JP</c>: <c>PstMigration.Help [target] [source]</c>. The target is the checkout, the source its
/// <c>src/PstMigration/Help</c>, unless others are named. Where a cmdlet or an error is not explained, it says so and writes nothing.
/// </summary>
internal static class Program
{
    private static readonly string[] s_languages = ["en-US", "ja-JP"];

    private static int Main(string[] args)
    {
        string repository = typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;
        string target = args.ElementAtOrDefault(0) ?? repository;
        string source = args.ElementAtOrDefault(1) ?? Path.Combine(repository, "src", "PstMigration", "Help");
        if (args.Length > 2 || !Array.TrueForAll(s_languages, l => Directory.Exists(Path.Combine(source, l))))
        {
            Console.Error.WriteLine(args.Length > 2 ? "Usage: PstMigration.Help [target] [source]" : source + " has not both languages.");
            return 2;
        }

        using CmdletList cmdlets = CmdletList.Open();
        string[] missing = [.. s_languages.SelectMany(l => HelpCheck.Find(cmdlets.Cmdlets, Path.Combine(source, l)).Select(m => l + ": " + m))];
        foreach (string text in missing)
        {
            Console.Error.WriteLine(text);
        }

        if (missing.Length > 0)
        {
            return 1;
        }

        foreach (string language in s_languages)
        {
            Write(cmdlets.Cmdlets, Path.Combine(source, language), Path.Combine(target, language));
        }

        return 0;
    }

    private static void Write(IReadOnlyList<CmdletInfo> cmdlets, string source, string target)
    {
        Directory.CreateDirectory(target);
        string maml = MamlWriter.Write(cmdlets, name => HelpSource.Read(source, name));
        File.WriteAllText(Path.Combine(target, "PstMigration.dll-Help.xml"), maml, new UTF8Encoding(false));

        // Windows PowerShell takes text without a byte order mark for that of the system's code page.
        File.WriteAllText(Path.Combine(target, "about_PstMigration_Errors.help.txt"), ErrorTopic.Write(source), new UTF8Encoding(true));
    }
}
