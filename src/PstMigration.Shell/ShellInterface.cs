using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace PstMigration.Shell;

/// <summary>Shows plain text on two writers and asks line by line.</summary>
/// <param name="output">Objects and messages to people.</param>
/// <param name="error">Errors, warnings and the other streams, progress.</param>
/// <param name="input">Answers prompts; null when a prompt is an error.</param>
/// <param name="raw">Sizes.</param>
/// <param name="showProgress">Whether <paramref name="error"/> is a terminal that can be drawn over.</param>
internal sealed class ShellInterface(TextWriter output, TextWriter error, IShellInput? input, ShellRawInterface raw, bool showProgress) : PSHostUserInterface
{
    private const int BarLength = 20;

    // The engine writes from several threads: the pipeline's and those of jobs.
    private readonly object _gate = new();
    private int _drawn;

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI => raw;

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal => false;

    /// <summary>What the engine reported as progress, shown or not.</summary>
    internal event Action<ProgressRecord>? ProgressReported;

    /// <inheritdoc/>
    public override void Write(string value) => Print(output, value);

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Print(output, value);

    /// <inheritdoc/>
    public override void WriteLine(string value) => Print(output, value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) => Print(error, value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => WriteErrorLine("DEBUG: " + message);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => WriteErrorLine("VERBOSE: " + message);

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => WriteErrorLine("WARNING: " + message);

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        ProgressReported?.Invoke(record);
        if (!showProgress)
        {
            return;
        }

        lock (_gate)
        {
            EraseProgress();
            if (record.RecordType == ProgressRecordType.Completed)
            {
                return;
            }

            int done = Math.Clamp(record.PercentComplete, 0, 100) * BarLength / 100;
            string bar = record.PercentComplete < 0 ? "" : $" [{new string('#', done)}{new string('.', BarLength - done)}]";
            string line = $"{record.Activity}: {record.StatusDescription}{bar}";
            int width = raw.WindowSize.Width - 1;
            line = line.Length > width ? line[..width] : line;
            error.Write('\r' + line);
            error.Flush();
            _drawn = line.Length;
        }
    }

    /// <inheritdoc/>
    public override string ReadLine() => Input.ReadLine() ?? throw NoAnswer();

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => Input.ReadSecret() ?? throw NoAnswer();

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        _ = Input;
        Heading(caption, message);
        Dictionary<string, PSObject> answers = [];
        foreach (FieldDescription field in descriptions)
        {
            Type? type = LanguagePrimitives.TryConvertTo(field.ParameterAssemblyFullName, out Type known) ? known : null;
            object answer = type == typeof(SecureString) ? AskSecret(field.Name + ": ")
                : type == typeof(PSCredential) ? PromptForCredential("", "", "", "")
                : type is { IsArray: true } ? AskMany(field.Name)
                : Ask(field.Name + ": ");
            answers.Add(field.Name, PSObject.AsPSObject(answer));
        }

        return answers;
    }

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        _ = Input;
        Heading(caption, message);
        string offer = string.Join("  ", choices.Select(c => $"[{Key(c)}] {Word(c)}"))
            + (defaultChoice >= 0 ? $" (default is \"{Key(choices[defaultChoice])}\"): " : ": ");
        while (true)
        {
            string answer = Ask(offer).Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            for (int i = 0; i < choices.Count; i++)
            {
                if (answer.Equals(Key(choices[i]), StringComparison.OrdinalIgnoreCase) || answer.Equals(Word(choices[i]), StringComparison.OrdinalIgnoreCase))
                {
                    return i;
                }
            }
        }
    }

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName)
    {
        _ = Input;
        Heading(caption, message);
        string user = string.IsNullOrEmpty(userName) ? Ask("User: ") : userName;
        return new PSCredential(user, AskSecret($"Password for user {user}: "));
    }

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        PromptForCredential(caption, message, userName, targetName);

    private IShellInput Input => input
        ?? throw new HostException("The shell is in NonInteractive mode and cannot ask.", null, "PromptInNonInteractiveMode", ErrorCategory.InvalidOperation);

    private static HostException NoAnswer() =>
        new("Standard input ended before the prompt was answered.", null, "PromptWithoutAnswer", ErrorCategory.InvalidOperation);

    // A label such as "&Yes" names its key with the ampersand.
    private static string Key(ChoiceDescription choice) =>
        choice.Label.IndexOf('&') is >= 0 and int at && at + 1 < choice.Label.Length ? choice.Label.Substring(at + 1, 1) : choice.Label;

    private static string Word(ChoiceDescription choice) => choice.Label.Replace("&", "", StringComparison.Ordinal);

    private void Heading(string caption, string message)
    {
        foreach (string line in new[] { caption, message })
        {
            if (!string.IsNullOrEmpty(line))
            {
                WriteLine(line);
            }
        }
    }

    private string Ask(string question)
    {
        Write(question);
        return ReadLine();
    }

    private SecureString AskSecret(string question)
    {
        Write(question);
        SecureString answer = ReadLineAsSecureString();
        WriteLine("");
        return answer;
    }

    private string[] AskMany(string name)
    {
        List<string> answers = [];
        while (Ask($"{name}[{answers.Count}]: ") is { Length: > 0 } answer)
        {
            answers.Add(answer);
        }

        return [.. answers];
    }

    private void Print(TextWriter writer, string value)
    {
        string plain = new StringDecorated(value ?? "").ToString(OutputRendering.PlainText);
        lock (_gate)
        {
            EraseProgress();
            writer.Write(plain);
            writer.Flush();
        }
    }

    private void EraseProgress()
    {
        if (_drawn > 0)
        {
            error.Write('\r' + new string(' ', _drawn) + '\r');
            _drawn = 0;
        }
    }
}
