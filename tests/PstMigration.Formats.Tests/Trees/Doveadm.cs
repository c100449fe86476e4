using System.Diagnostics;
using System.Text;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

/// <summary>
/// Dovecot's own tool on files of mail, with a configuration of its own and no server: it opens mail with the code the server has. Skips the test
/// where it is not installed.
/// </summary>
internal sealed class Doveadm
{
    private const string Program = "/usr/bin/doveadm";
    private const string Server = "/usr/sbin/dovecot";

    /// <summary>Debian's nobody: Dovecot opens no mail as root.</summary>
    private const int Nobody = 65534;

    private readonly string _configuration;
    private readonly string _directory;

    /// <summary>A configuration in a folder.</summary>
    /// <param name="folder">Where it is kept.</param>
    /// <param name="directory">Where the mail is.</param>
    /// <param name="location">How it is kept there, as Dovecot says it; {0} is the directory.</param>
    public Doveadm(Folder folder, string directory, string location = "maildir:{0}")
    {
        Assert.SkipUnless(File.Exists(Program) && File.Exists(Server), "Dovecot is not installed.");
        _directory = directory;
        Directory.CreateDirectory(directory);
        _configuration = folder.At("dovecot.conf");
        IsRoot = Environment.UserName == "root";
        string user = Environment.UserName;
        File.WriteAllText(_configuration, $$"""
            base_dir = {{folder.Path}}/run
            state_dir = {{folder.Path}}/run
            default_internal_user = {{user}}
            default_internal_group = {{Shell("/usr/bin/id", "-gn", "")}}
            default_login_user = {{user}}
            ssl = no
            mail_home = {{folder.Path}}
            mail_location = {{location.Replace("{0}", directory)}}
            {{(IsRoot ? $"mail_uid = {Nobody}\nmail_gid = {Nobody}" : "")}}
            namespace inbox {
              inbox = yes
              separator = /
            }
            """);
        string version = Shell(Server, "--version", "");
        Assert.SkipUnless(version.StartsWith("2.3.", StringComparison.Ordinal), "The configuration is for Dovecot 2.3, not " + version);
    }

    private bool IsRoot { get; }

    /// <summary>Runs a command and gives what it writes.</summary>
    public string Run(string arguments, string input = "")
    {
        Own(Nobody);
        string output = Shell(Program, $"-c \"{_configuration}\" {arguments}", input);

        // As root everything stays readable and writable for the test; its own files must be so for Dovecot.
        Own(0);
        return output;
    }

    /// <summary>The messages that answer a query, of all folders: name of the folder, then the fields asked for, by name.</summary>
    public List<Dictionary<string, string>> Fetch(string fields, string query = "ALL")
    {
        string[] lines = Run($"-f tab fetch \"mailbox {fields}\" {query}").Split('\n');
        string[] names = lines[0].Split('\t');
        return lines.Skip(1).Select(l => l.Split('\t').Select((value, i) => (names[i], value)).ToDictionary(p => p.Item1, p => p.value)).ToList();
    }

    private void Own(int user)
    {
        if (IsRoot)
        {
            Shell("/bin/chown", $"-R {user}:{user} \"{_directory}\"", "");
        }
    }

    private static string Shell(string program, string arguments, string input)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.EnvironmentVariables["TZ"] = "UTC";
        start.EnvironmentVariables["USER"] = Environment.UserName;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        byte[] bytes = Encoding.UTF8.GetBytes(input);
        process.StandardInput.BaseStream.Write(bytes, 0, bytes.Length);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, program + " " + arguments + ": " + error.Result);
        return output.TrimEnd('\n');
    }
}
