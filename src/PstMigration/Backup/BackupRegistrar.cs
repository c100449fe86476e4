using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;
using System.Text;
using PstMigration.Mapi;
using PstMigration.Commands;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>Hands backups to the scheduler of the system, and takes them back.</summary>
/// <param name="cmdlet">Whose engine runs the cmdlets of Task Scheduler.</param>
/// <param name="warn">Is told what a scheduler did not do.</param>
internal sealed class BackupRegistrar(AsyncCommand cmdlet, Action<string> warn)
{
    /// <summary>Registers. Where a program of the scheduler fails, that is warned of, and the ones after it are not run.</summary>
    /// <returns>Whether the scheduler has taken it.</returns>
    internal async Task<bool> AddAsync(BackupRegistration registration, BackupScheduler scheduler)
    {
        if (BackupRegistration.Resolve(scheduler) == BackupScheduler.TaskScheduler)
        {
            // Parameters are no text: nothing in a name or a path is taken for a command.
            await cmdlet.OnEngineAsync(
                "param($name, $folder, $xml) $null = Register-ScheduledTask -TaskName $name -TaskPath $folder -Xml $xml -Force -ErrorAction Stop",
                registration.Files[0].Name, TaskSchedulerTask.Folder, registration.Files[0].Text).ConfigureAwait(false);
            return true;
        }

        foreach (ScheduledFile file in registration.Files)
        {
            Directory.CreateDirectory(registration.Folder!);
            File.WriteAllText(Path.Combine(registration.Folder!, file.Name), file.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        return registration.Register.All(c => Run(c, Strings.BackupSchedulerFailed));
    }

    /// <summary>Takes back.</summary>
    internal async Task RemoveAsync(BackupRegistration registration, BackupScheduler scheduler, string name)
    {
        if (BackupRegistration.Resolve(scheduler) == BackupScheduler.TaskScheduler)
        {
            await cmdlet.OnEngineAsync(
                "param($name, $folder) Unregister-ScheduledTask -TaskName $name -TaskPath $folder -Confirm:$false -ErrorAction SilentlyContinue", name, TaskSchedulerTask.Folder).ConfigureAwait(false);
            return;
        }

        if (registration.Files.Any(f => File.Exists(Path.Combine(registration.Folder!, f.Name))))
        {
            foreach ((string Program, string Arguments) command in registration.Unregister)
            {
                Run(command, Strings.BackupSchedulerNotTold);
            }
        }

        foreach (ScheduledFile file in registration.Files)
        {
            File.Delete(Path.Combine(registration.Folder!, file.Name));
        }
    }

    private bool Run((string Program, string Arguments) command, string failure)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(command.Program, command.Arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
            {
                return true;
            }

            warn(LocalText.Format(failure, command.Program + " " + command.Arguments, error.Trim()));
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException)
        {
            warn(LocalText.Format(failure, command.Program + " " + command.Arguments, e.Message));
        }

        return false;
    }
}
