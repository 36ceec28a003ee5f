import type { ProblemKind } from '../../machine.js'

/** Exit codes of nvidia-smi are those of NVML, and do not depend on the language of the message. */
export const NVIDIA_EXIT_CODES: Readonly<Record<number, ProblemKind>> = {
  2: 'unsupported',
  3: 'unsupported',
  4: 'permission_denied',
  6: 'no_devices',
  9: 'no_driver',
  10: 'timed_out',
  12: 'no_driver',
  13: 'unsupported',
  15: 'gpu_lost',
  16: 'gpu_lost',
  17: 'permission_denied',
  18: 'driver_mismatch',
}

export const NVIDIA_HINTS: Readonly<Partial<Record<ProblemKind, string>>> = {
  not_found:
    'Install the NVIDIA driver, which brings nvidia-smi; in a container, use the NVIDIA Container Toolkit.',
  timed_out: 'Run `nvidia-smi` by hand; if it hangs there too, a card is stuck: reboot.',
  driver_mismatch: 'The driver was updated while its old version is still loaded: reboot.',
  no_driver:
    'Install the NVIDIA driver, or load it with `sudo modprobe nvidia`; after a kernel update, rebuild it.',
  no_devices: 'Check that the card is passed through to this machine or container (`docker run --gpus all`).',
  gpu_lost: 'Reboot to get the card back; if it is lost again, check power, slot and temperature.',
  permission_denied:
    'Run as a user who may open /dev/nvidia*; under WSL, update Windows’ NVIDIA driver and run `wsl --update`.',
  unsupported: 'Update the NVIDIA driver.',
}
