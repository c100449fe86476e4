namespace PstMigration.Shell;

/// <summary>The command line, with the names and abbreviations of pwsh.</summary>
internal sealed class ShellArguments
{
    /// <summary>What <c>-Help</c> prints.</summary>
    internal const string Usage = """
        Runs commands in the PowerShell engine with PstMigration on the module path.

          PstMigration.Shell [-NoProfile] [-NonInteractive] -File <script.ps1> [<arguments>]
          PstMigration.Shell [-NoProfile] [-NonInteractive] -Command <commands> | -
          PstMigration.Shell -Help

        -File            Runs a script; what follows are its arguments: values, -Name value, -Switch, -Switch:$false.
                         Ends with the code of its exit command, with 1 when it ends by an error.
        -Command         Runs what follows; - reads it from standard input. Ends with 1 when the last command failed.
        -NonInteractive  A prompt is an error.
        -NoProfile       For scripts that pass it to pwsh; there are no profiles here.

        The engine alone is here: of the usual modules, only Write-Output, Write-Host, Format-Table and Format-List.
        """;

    private ShellArguments()
    {
    }

    /// <summary>The script to run, or null.</summary>
    internal string? File { get; private set; }

    /// <summary>The script's own arguments.</summary>
    internal IReadOnlyList<string> FileArguments { get; private set; } = [];

    /// <summary>The commands to run, <c>-</c> for standard input, or null.</summary>
    internal string? Command { get; private set; }

    /// <summary>Whether a prompt is an error.</summary>
    internal bool NonInteractive { get; private set; }

    /// <summary>Whether to print the usage and end.</summary>
    internal bool Help { get; private set; }

    /// <summary>What is wrong with the command line, or null.</summary>
    internal string? Error { get; private set; }

    /// <summary>Reads a command line.</summary>
    internal static ShellArguments Parse(string[] args)
    {
        ShellArguments result = new();
        for (int i = 0; i < args.Length && result.Error is null; i++)
        {
            string[] rest = args[(i + 1)..];
            switch (args[i].ToLowerInvariant())
            {
                case "-noninteractive" or "-noni":
                    result.NonInteractive = true;
                    break;
                case "-noprofile" or "-nop" or "-nologo" or "-nol":
                    break;
                case "-help" or "-h" or "-?" or "--help":
                    result.Help = true;
                    return result;
                case "-command" or "-c":
                    result.Command = string.Join(' ', rest);
                    result.Error = rest.Length == 0 ? "-Command needs commands." : null;
                    return result;
                case "-file" or "-f":
                    result.TakeFile(rest);
                    return result;
                default:
                    if (args[i].StartsWith('-'))
                    {
                        result.Error = $"Unknown argument '{args[i]}'.";
                    }
                    else
                    {
                        result.TakeFile(args[i..]);
                    }

                    return result;
            }
        }

        result.Error ??= "Nothing to run: give -File or -Command.";
        return result;
    }

    private void TakeFile(string[] rest)
    {
        File = rest.FirstOrDefault();
        FileArguments = [.. rest.Skip(1)];
        Error = File is null ? "-File needs a script." : System.IO.File.Exists(File) ? null : $"There is no script '{File}'.";
    }
}
