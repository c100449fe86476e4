using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;
using System.Text;
using PstMigration.Commands;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>Hands backups to the scheduler of the system, and takes them back.</summary>
/// <param name="cmdlet">Whose engine runs the cmdlets of Task Scheduler.</param>
/// <param name="warn">Is told what could not be taken back.</param>
internal sealed class BackupRegistrar(AsyncCommand cmdlet, Action<string> warn)
{
    private const string AddTask = "param($name, $folder, $xml) $null = Register-ScheduledTask -TaskName $name -TaskPath $folder -Xml $xml -Force -ErrorAction Stop";

    // Where there is no such cmdlet there is no task.
    private const string RemoveTask = "param($name, $folder) if (Get-Command Unregister-ScheduledTask -ErrorAction Ignore) "
        + "{ Unregister-ScheduledTask -TaskName $name -TaskPath $folder -Confirm:$false -ErrorAction SilentlyContinue }";

    /// <summary>Registers. Where the scheduler does not take it, what it had before is as it was.</summary>
    /// <exception cref="MailDataException">BackupSchedulerFailed.</exception>
    internal async Task AddAsync(BackupRegistration registration, BackupScheduler scheduler, string name)
    {
        string? problem = scheduler == BackupScheduler.TaskScheduler ? await AddTaskAsync(registration.Files[0]).ConfigureAwait(false) : AddFiles(registration);
        if (problem is not null)
        {
            throw ErrorRecords.Exception(ModuleErrorIds.BackupSchedulerFailed, Strings.BackupSchedulerFailed, name, scheduler, problem);
        }
    }

    /// <summary>Takes back.</summary>
    internal async Task RemoveAsync(BackupRegistration registration, BackupScheduler scheduler, string name)
    {
        if (scheduler == BackupScheduler.TaskScheduler)
        {
            await cmdlet.OnEngineAsync(RemoveTask, name, TaskSchedulerTask.Folder).ConfigureAwait(false);
        }
        else if (registration.Paths.Any(File.Exists))
        {
            foreach (string problem in registration.Unregister.Select(Run).OfType<string>())
            {
                warn(LocalText.Format(Strings.BackupSchedulerNotTold, problem));
            }

            RemoveFiles(registration);
        }
    }

    // Parameters are no text: nothing in a name or a path is taken for a command.
    private async Task<string?> AddTaskAsync(ScheduledFile task)
    {
        try
        {
            await cmdlet.OnEngineAsync(AddTask, task.Name, TaskSchedulerTask.Folder, task.Text).ConfigureAwait(false);
            return null;
        }
        catch (CommandNotFoundException e)
        {
            return LocalText.Format(Strings.BackupSchedulerMissing, e.CommandName);
        }
        catch (RuntimeException e)
        {
            return e.ErrorRecord?.ToString() ?? e.Message;
        }
    }

    /// <summary>Writes the files and has the scheduler read them.</summary>
    /// <returns>What went wrong, for people; null for nothing.</returns>
    private static string? AddFiles(BackupRegistration registration)
    {
        if (First(registration.Probe) is string unreachable)
        {
            return unreachable;
        }

        (string Path, byte[]? Content)[] before = [];
        string? problem;
        try
        {
            before = [.. registration.Paths.Select(p => (p, File.Exists(p) ? File.ReadAllBytes(p) : null))];
            foreach (ScheduledFile file in registration.Files)
            {
                Directory.CreateDirectory(registration.Folder!);
                File.WriteAllText(Path.Combine(registration.Folder!, file.Name), file.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            }

            problem = First(registration.Register);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = e.Message;
        }

        if (problem is not null)
        {
            PutBack(registration, before);
        }

        return problem;
    }

    /// <summary>Brings the scheduler back to what it had. What of that fails is not told: why the new state was refused is what counts.</summary>
    private static void PutBack(BackupRegistration registration, IReadOnlyList<(string Path, byte[]? Content)> before)
    {
        try
        {
            if (before.All(f => f.Content is null))
            {
                _ = registration.Unregister.Select(Run).ToList();
                RemoveFiles(registration);
                return;
            }

            foreach ((string path, byte[]? content) in before.Where(f => f.Content is not null))
            {
                File.WriteAllBytes(path, content!);
            }

            _ = First(registration.Register);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder could not be written to in the first place.
        }
    }

    private static void RemoveFiles(BackupRegistration registration)
    {
        foreach (string path in registration.Paths)
        {
            File.Delete(path);
        }

        _ = First(registration.Forget);
    }

    /// <summary>Runs programs up to the first that fails: what went wrong with it, or null.</summary>
    private static string? First(IEnumerable<SchedulerCommand> commands) => commands.Select(Run).FirstOrDefault(p => p is not null);

    /// <summary>Runs a program.</summary>
    /// <returns>What went wrong, for people; null for nothing.</returns>
    private static string? Run(SchedulerCommand command)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(command.Program, command.Arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : LocalText.Format(Strings.BackupSchedulerCommand, command, process.ExitCode, error.Trim());
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return e is Win32Exception { NativeErrorCode: FileNotFound } ? LocalText.Format(Strings.BackupSchedulerMissing, command.Program) : LocalText.Format(Strings.BackupSchedulerCommand, command, "-", e.Message);
        }
    }

    // ENOENT and ERROR_FILE_NOT_FOUND.
    private const int FileNotFound = 2;
}
